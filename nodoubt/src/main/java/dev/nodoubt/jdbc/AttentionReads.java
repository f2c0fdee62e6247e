package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.Attention;
import dev.nodoubt.call.CallState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Open calls that a person should look at, read by the index of doubts and grouped by what they have in common. */
final class AttentionReads {

    private static final int MOST_GROUPS = 200;
    private static final int LONGEST_CAUSE = 160;

    private static final String READ = """
            SELECT call_key, target, method, path, last, recorded_at FROM nodoubt_call
            WHERE state = '%s'%s ORDER BY doubt_since LIMIT %d
            """;

    private static final String UNRESOLVED = READ.formatted("unresolved", "", Attention.BOUND + 1);
    private static final String DOUBT = READ.formatted("in-doubt", " AND doubt_since < ?", Attention.BOUND + 1);
    private static final String HANDLING = READ.formatted("handling", " AND known_failures > 0", Attention.BOUND + 1);

    /** What differs between calls that are alike: UUIDs, times, numbers and other runs with digits in them. */
    private static final Pattern VARYING = Pattern.compile(
            "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z|PT[0-9HMS.]+|\\d+");

    /** What the calls of a group have in common. */
    private record Alike(String target, String operation, CallState state, String cause) {}

    /** So many, and the oldest of them. */
    private record Found(int calls, Instant oldest, IdempotencyKey example) {
        static Found both(Found a, Found b) {
            Found older = a.oldest.isAfter(b.oldest) ? b : a;
            return new Found(a.calls + b.calls, older.oldest, older.example);
        }
    }

    Attention attention(CallSession session, Duration doubtFor) throws SQLException {
        Map<Alike, Found> groups = new LinkedHashMap<>();
        boolean cut = false;
        try (PreparedStatement select = session.prepare(UNRESOLVED)) {
            cut |= read(session, select, CallState.UNRESOLVED, groups);
        }
        try (PreparedStatement select = session.prepare(HANDLING)) {
            cut |= read(session, select, CallState.HANDLING, groups);
        }
        try (PreparedStatement select = session.prepare(DOUBT)) {
            session.dialect().bind(select, 1, session.now().minus(doubtFor));
            cut |= read(session, select, CallState.IN_DOUBT, groups);
        }
        List<Attention.Group> largest = new ArrayList<>();
        groups.forEach((alike, found) -> largest.add(new Attention.Group(
                alike.target, alike.operation, alike.state, alike.cause, found.calls, found.oldest, found.example)));
        largest.sort(Comparator.comparingInt(Attention.Group::calls).reversed());
        cut |= largest.size() > MOST_GROUPS;
        return new Attention(largest.subList(0, Math.min(largest.size(), MOST_GROUPS)), cut);
    }

    /** Whether there are more than are read. */
    private static boolean read(
            CallSession session, PreparedStatement select, CallState state, Map<Alike, Found> groups)
            throws SQLException {
        CallRows calls = new CallRows(session.dialect());
        Map<String, String> known = new HashMap<>();
        int read = 0;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next() && ++read <= Attention.BOUND) {
                String operation = rows.getString("method") + " " + rows.getString("path");
                Alike alike = new Alike(
                        rows.getString("target"),
                        known.computeIfAbsent(operation, AttentionReads::common),
                        state,
                        known.computeIfAbsent(rows.getString("last"), AttentionReads::common));
                Found found = new Found(1, calls.instant(rows, "recorded_at"), CallRows.key(rows));
                groups.merge(alike, found, Found::both);
            }
        }
        return read > Attention.BOUND;
    }

    private static String common(String text) {
        String common = VARYING.matcher(text).replaceAll("*");
        return common.length() > LONGEST_CAUSE ? common.substring(0, LONGEST_CAUSE) : common;
    }
}
