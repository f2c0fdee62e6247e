package dev.nodoubt.jdbc;

import dev.nodoubt.Reply;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
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

    ArrayBinder<R> column(String type, Function<R, @Nullable Object> value) throws SQLException {
        array(type, rows.stream().map(value).toArray());
        return this;
    }

    /** The four columns of a reply: status, headers, media type, body; returns the next index. */
    int reply(Function<R, @Nullable Reply> reply) throws SQLException {
        List<ReplyColumns> columns =
                rows.stream().map(row -> ReplyColumns.of(reply.apply(row))).toList();
        array("smallint", columns.stream().map(ReplyColumns::status).toArray());
        array("text", columns.stream().map(ReplyColumns::headers).toArray());
        array("text", columns.stream().map(ReplyColumns::mediaType).toArray());
        array("bytea", columns.stream().map(ReplyColumns::bytes).toArray(byte[][]::new));
        return parameter;
    }

    private void array(String type, Object[] values) throws SQLException {
        statement.setArray(parameter++, statement.getConnection().createArrayOf(type, values));
    }
}
