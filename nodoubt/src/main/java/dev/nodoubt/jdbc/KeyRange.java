package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallFilter;
import dev.nodoubt.call.CallQuery;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Between which keys calls are looked for. Keys are version 7 UUIDs, so their order is the order in which they were made,
 * to the millisecond.
 */
final class KeyRange {

    private static final int HEX_DIGITS = 32;

    private final StringBuilder sql = new StringBuilder();
    private final List<IdempotencyKey> bounds = new ArrayList<>();

    static KeyRange of(CallFilter filter) {
        KeyRange range = new KeyRange();
        CallQuery query = filter.query();
        if (query.before() != null) {
            range.add(" AND call_key < ?", query.before());
        }
        if (filter.after() != null) {
            range.add(" AND call_key > ?", filter.after());
        }
        if (filter.madeFrom() != null) {
            range.add(" AND call_key >= ?", madeAt(filter.madeFrom()));
        }
        if (filter.madeTo() != null) {
            range.add(" AND call_key < ?", madeAt(filter.madeTo()));
        }
        if (filter.keyPrefix() != null) {
            range.add(" AND call_key >= ?", padded(filter.keyPrefix(), "0"));
            range.add(" AND call_key <= ?", padded(filter.keyPrefix(), "f"));
        }
        return range;
    }

    private void add(String condition, IdempotencyKey bound) {
        sql.append(condition);
        bounds.add(bound);
    }

    /** The least of the keys that were made in this millisecond. */
    static IdempotencyKey madeAt(Instant time) {
        return IdempotencyKey.of(new UUID(Math.max(time.toEpochMilli(), 0) << 16, 0));
    }

    private static IdempotencyKey padded(String prefix, String digit) {
        String digits = prefix.replace("-", "");
        String hex = (digits + digit.repeat(HEX_DIGITS)).substring(0, HEX_DIGITS);
        return IdempotencyKey.of(
                new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, HEX_DIGITS, 16)));
    }

    String sql() {
        return sql.toString();
    }

    int bind(CallSession session, PreparedStatement statement, int from) throws SQLException {
        int next = from;
        for (IdempotencyKey bound : bounds) {
            session.dialect().bind(statement, next++, bound);
        }
        return next;
    }
}
