package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row that was still held and is now written.
 *
 * @param state that it has now
 * @param order in which it stood; null for none
 */
record Written(
        IdempotencyKey key,
        long holder,
        String target,
        CallState state,
        @Nullable OrderId order) {

    static Written of(ResultSet row, CallState state) throws SQLException {
        return new Written(
                CallRows.key(row), row.getLong("incarnation"), row.getString("target"), state, OrderId.of(row));
    }

    static Set<IdempotencyKey> keys(Collection<Written> rows) {
        Set<IdempotencyKey> keys = new HashSet<>();
        rows.forEach(row -> keys.add(row.key()));
        return keys;
    }
}
