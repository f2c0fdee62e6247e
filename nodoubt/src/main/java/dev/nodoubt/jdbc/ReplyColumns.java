package dev.nodoubt.jdbc;

import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reply in four columns: status, headers as {@code Name: value} lines, media type and body. */
final class ReplyColumns {

    private ReplyColumns() {}

    /** The reply in the columns with this prefix; null when there is none. */
    static @Nullable Reply read(ResultSet row, String prefix) throws SQLException {
        int status = row.getInt(prefix + "_status");
        if (row.wasNull()) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        row.getString(prefix + "_headers").lines().forEach(line -> {
            int colon = line.indexOf(": ");
            headers.put(line.substring(0, colon), line.substring(colon + 2));
        });
        byte[] body = row.getBytes(prefix + "_body");
        return new Reply(
                status, headers, body == null ? null : Payload.of(body, row.getString(prefix + "_media_type")));
    }

    static @Nullable Short status(@Nullable Reply reply) {
        return reply == null ? null : (short) reply.status();
    }

    static @Nullable String headers(@Nullable Reply reply) {
        if (reply == null) {
            return null;
        }
        StringBuilder lines = new StringBuilder();
        reply.headers()
                .forEach((name, value) ->
                        lines.append(name).append(": ").append(value).append('\n'));
        return lines.toString();
    }

    static @Nullable Payload body(@Nullable Reply reply) {
        return reply == null ? null : reply.body();
    }
}
