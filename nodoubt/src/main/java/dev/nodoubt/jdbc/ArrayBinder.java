package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Reply;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds rows as one array a column, for {@code unnest}: one statement whatever the number of rows. */
final class ArrayBinder<R> {

    private final PreparedStatement statement;
    private final List<R> rows;
    private int parameter = 1;

    ArrayBinder(PreparedStatement statement, List<R> rows) {
        this.statement = statement;
        this.rows = rows;
    }

    ArrayBinder<R> keys(Function<R, IdempotencyKey> key) throws SQLException {
        bindKeys(statement, parameter++, rows.stream().map(key).toList());
        return this;
    }

    /** For a parameter {@code ?::uuid[]}. The driver's own array of them is written character by character. */
    static void bindKeys(PreparedStatement statement, int index, Collection<IdempotencyKey> keys) throws SQLException {
        String array = keys.stream().map(IdempotencyKey::value).collect(Collectors.joining(",", "{", "}"));
        statement.setObject(index, array, Types.OTHER);
    }

    /** @param array of the values' own class: the driver writes those without a look at each */
    <T> ArrayBinder<R> column(String type, IntFunction<@Nullable T[]> array, Function<R, @Nullable T> value)
            throws SQLException {
        array(type, rows.stream().map(value).toArray(array));
        return this;
    }

    /** The four columns of a reply: status, headers, media type, body; returns the next index. */
    int reply(Function<R, @Nullable Reply> reply) throws SQLException {
        List<ReplyColumns> columns =
                rows.stream().map(row -> ReplyColumns.of(reply.apply(row))).toList();
        array("smallint", columns.stream().map(ReplyColumns::status).toArray(Short[]::new));
        array("text", columns.stream().map(ReplyColumns::headers).toArray(String[]::new));
        array("text", columns.stream().map(ReplyColumns::mediaType).toArray(String[]::new));
        array("bytea", columns.stream().map(ReplyColumns::bytes).toArray(byte[][]::new));
        return parameter;
    }

    private void array(String type, @Nullable Object[] values) throws SQLException {
        statement.setArray(parameter++, statement.getConnection().createArrayOf(type, values));
    }
}
