package dev.nodoubt.jdbc;

import dev.nodoubt.Payload;
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
        Object[] values = rows.stream().map(value).toArray();
        statement.setArray(parameter++, statement.getConnection().createArrayOf(type, values));
        return this;
    }

    /** The four columns of a reply: status, headers, media type, body. */
    void reply(Function<R, @Nullable Reply> reply) throws SQLException {
        column("smallint", row -> ReplyColumns.status(reply.apply(row)));
        column("text", row -> ReplyColumns.headers(reply.apply(row)));
        column("text", row -> {
            Payload body = ReplyColumns.body(reply.apply(row));
            return body == null ? null : body.mediaType();
        });
        byte[][] bodies = new byte[rows.size()][];
        for (int i = 0; i < bodies.length; i++) {
            Payload body = ReplyColumns.body(reply.apply(rows.get(i)));
            bodies[i] = body == null ? null : body.bytes();
        }
        statement.setArray(parameter++, statement.getConnection().createArrayOf("bytea", bodies));
    }
}
