package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateKeyQuery;
import dev.nodoubt.gate.GateKeyStatus;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One search of the gate's keys: by its primary key where the scope is known, else by the index of their times. */
final class GateKeySearch {

    private static final String COLUMNS =
            "scope, idempotency_key, state, key_time, recorded_at, operation, status, reason";
    private static final String BY_KEY = "ORDER BY idempotency_key DESC";
    private static final String BY_TIME = "ORDER BY key_time DESC, scope DESC, idempotency_key DESC";
    private static final String PAGE = """
            SELECT %1$s FROM (SELECT %1$s FROM nodoubt_gate WHERE 1 = 1%2$s %3$s LIMIT %4$d) AS g
            WHERE 1 = 1%5$s %3$s LIMIT %6$d
            """;
    private static final String END = "SELECT 1 FROM nodoubt_gate WHERE 1 = 1%s %s LIMIT 1 OFFSET %d";

    /** Enough of a version 7 UUID to know its time to about a minute. */
    private static final Pattern TIMED = Pattern.compile("[0-9a-f]{8}[0-9a-f-]{0,28}");

    private static final int TIME_DIGITS = 12;

    private final CallSession session;
    private final GateKeyQuery query;
    private final StringBuilder indexed = new StringBuilder();
    private final StringBuilder others = new StringBuilder();
    private final List<Object> indexedValues = new ArrayList<>();
    private final List<Object> otherValues = new ArrayList<>();

    private GateKeySearch(CallSession session, GateKeyQuery query) {
        this.session = session;
        this.query = query;
        if (query.scope() != null) {
            inScope(query.scope());
        } else {
            inTime();
        }
        if (query.state() != null) {
            other(" AND state = ?", query.state().name());
        }
    }

    static JdbcGateDesk.Page page(CallSession session, GateKeyQuery query) throws SQLException {
        return new GateKeySearch(session, query).page();
    }

    private void inScope(String scope) {
        index(" AND scope = ?", scope);
        String prefix = query.keyPrefix();
        if (prefix != null) {
            int last = prefix.length() - 1;
            index(" AND idempotency_key >= ?", prefix);
            index(" AND idempotency_key < ?", prefix.substring(0, last) + (char) (prefix.charAt(last) + 1));
        }
        if (query.before() != null) {
            index(" AND idempotency_key < ?", query.before().key().key().value());
        }
    }

    private void inTime() {
        index(" AND key_time IS NOT NULL", null);
        String prefix = query.keyPrefix();
        if (prefix != null) {
            if (TIMED.matcher(prefix).matches()) {
                index(" AND key_time >= ?", time(prefix, "0"));
                index(" AND key_time <= ?", time(prefix, "f"));
            }
            other(" AND idempotency_key LIKE ? ESCAPE '!'", prefix.replaceAll("[!%_]", "!$0") + "%");
        }
        GateKeyStatus before = query.before();
        if (before != null && before.keyTime() != null) {
            index(" AND key_time <= ?", before.keyTime());
            index(" AND (key_time < ?", before.keyTime());
            index(" OR scope < ?", before.key().scope());
            index(" OR (scope = ?", before.key().scope());
            index(" AND idempotency_key < ?))", before.key().key().value());
        }
    }

    private static Instant time(String prefix, String digit) {
        String hex = (prefix.replace("-", "") + digit.repeat(TIME_DIGITS)).substring(0, TIME_DIGITS);
        return Instant.ofEpochMilli(Long.parseLong(hex, 16));
    }

    private void index(String condition, @Nullable Object value) {
        indexed.append(condition);
        if (value != null) {
            indexedValues.add(value);
        }
    }

    private void other(String condition, Object value) {
        others.append(condition);
        otherValues.add(value);
    }

    private JdbcGateDesk.Page page() throws SQLException {
        String order = query.scope() != null ? BY_KEY : BY_TIME;
        int most = query.limit() + 1;
        boolean bounded = !otherValues.isEmpty();
        String sql = PAGE.formatted(COLUMNS, indexed, order, bounded ? GateKeyQuery.BOUND : most, others, most);
        List<GateKeyStatus> keys = new ArrayList<>();
        try (PreparedStatement select = session.prepare(sql)) {
            bind(select, otherValues, bind(select, indexedValues, 1));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(read(rows));
                }
            }
        }
        boolean more = keys.size() > query.limit();
        return new JdbcGateDesk.Page(
                more ? keys.subList(0, query.limit()) : keys, more, bounded && !more && isCut(order));
    }

    private boolean isCut(String order) throws SQLException {
        try (PreparedStatement select = session.prepare(END.formatted(indexed, order, GateKeyQuery.BOUND))) {
            bind(select, indexedValues, 1);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private int bind(PreparedStatement select, List<Object> values, int from) throws SQLException {
        int next = from;
        for (Object value : values) {
            if (value instanceof Instant time) {
                session.dialect().bind(select, next++, time);
            } else {
                select.setString(next++, (String) value);
            }
        }
        return next;
    }

    private GateKeyStatus read(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        Integer known = row.wasNull() ? null : status;
        String reason = row.getString("reason");
        return new GateKeyStatus(
                new GateKey(row.getString("scope"), IdempotencyKey.of(row.getString("idempotency_key"))),
                GateKeyStatus.State.valueOf(row.getString("state")),
                session.dialect().time(row, "key_time"),
                Objects.requireNonNull(session.dialect().time(row, "recorded_at"), "recorded_at"),
                row.getString("operation"),
                known,
                reason == null ? "" : reason);
    }
}
