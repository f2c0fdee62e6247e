package dev.nodoubt.jdbc;

import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reply as four columns: status, headers as {@code Name: value} lines, media type, body. All are null when there is no
 * reply; the body alone is null when it was not kept.
 *
 * @param status null: no reply
 * @param headers null: no reply
 * @param body null: no body kept
 */
record ReplyColumns(
        @Nullable Short status,
        @Nullable String headers,
        @Nullable Payload body) {

    private static final ReplyColumns NONE = new ReplyColumns(null, null, null);

    static ReplyColumns of(@Nullable Reply reply) {
        if (reply == null) {
            return NONE;
        }
        StringBuilder lines = new StringBuilder();
        reply.headers()
                .forEach((name, value) ->
                        lines.append(name).append(": ").append(value).append('\n'));
        return new ReplyColumns((short) reply.status(), lines.toString(), reply.body());
    }

    @Nullable
    String mediaType() {
        return body == null ? null : body.mediaType();
    }

    byte @Nullable [] bytes() {
        return body == null ? null : body.bytes();
    }

    /** The reply in the columns with this prefix; null when there is none. */
    static @Nullable Reply read(ResultSet row, String prefix) throws SQLException {
        int status = row.getInt(prefix + "status");
        if (row.wasNull()) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        row.getString(prefix + "headers").lines().forEach(line -> {
            int colon = line.indexOf(": ");
            headers.put(line.substring(0, colon), line.substring(colon + 2));
        });
        byte[] body = row.getBytes(prefix + "body");
        return new Reply(status, headers, body == null ? null : Payload.of(body, row.getString(prefix + "media_type")));
    }

    /** Binds the four columns and returns the next index. */
    int bind(PreparedStatement statement, int from) throws SQLException {
        statement.setObject(from, status, Types.SMALLINT);
        statement.setString(from + 1, headers);
        statement.setString(from + 2, mediaType());
        statement.setBytes(from + 3, bytes());
        return from + 4;
    }
}
