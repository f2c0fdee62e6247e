package dev.nodoubt.jdbc;

import static dev.nodoubt.call.Overview.BOUND;

import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Count;
import dev.nodoubt.call.Overview;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts of calls in bounded time. While no more than the bound are open they are all read. Else they are counted, and each
 * state but the waiting one too, by indexes alone; what stands at which target is read of some of the oldest, of the newest
 * and of each such state. That is a part of what is there, so the greatest count of a kind is the nearest.
 */
final class OverviewReads {

    private static final String COUNTED = """
            SELECT target, state, count(*) AS calls, min(recorded_at) AS oldest, min(doubt_since) AS oldest_doubt
            FROM (SELECT target, state, recorded_at, doubt_since FROM nodoubt_call %s LIMIT %d) AS c
            GROUP BY target, state
            """;

    private static final int MOST = BOUND + 1;

    /** Rows that are read of each part where there are too many to read all. */
    private static final int SAMPLE = 2_000;

    private static final String ALL = COUNTED.formatted("ORDER BY call_key", BOUND);
    private static final String OLDEST = COUNTED.formatted("ORDER BY call_key", SAMPLE);
    private static final String NEWEST = COUNTED.formatted("ORDER BY call_key DESC", SAMPLE);
    private static final String SOME_OF_STATE = COUNTED.formatted("WHERE state = '%s' ORDER BY doubt_since", SAMPLE);

    private static final String OPEN =
            "SELECT count(*) FROM (SELECT call_key FROM nodoubt_call ORDER BY call_key LIMIT %d) AS c".formatted(MOST);

    private static final String OF_STATE = """
            SELECT count(*) FROM (SELECT doubt_since FROM nodoubt_call WHERE state = '%%s' ORDER BY doubt_since LIMIT %d) AS c
            """.formatted(MOST);

    private static final List<CallState> IN_INDEX =
            List.of(CallState.IN_DOUBT, CallState.UNRESOLVED, CallState.HANDLING);

    private static final String SETTLED = """
            SELECT state, count(*) AS calls
            FROM (SELECT state FROM nodoubt_settled WHERE call_key >= ? ORDER BY call_key DESC LIMIT %d) AS s
            GROUP BY state
            """.formatted(MOST);

    /** Calls of one target and state. */
    private record Kind(
            long calls,
            boolean more,
            @Nullable Instant oldest,
            @Nullable Instant oldestDoubt) {
        static Kind either(Kind a, Kind b) {
            return new Kind(
                    Math.max(a.calls, b.calls),
                    a.more || b.more,
                    earlier(a.oldest, b.oldest),
                    earlier(a.oldestDoubt, b.oldestDoubt));
        }

        Count count() {
            return new Count(Math.min(calls, BOUND), more || calls > BOUND);
        }
    }

    Overview overview(CallSession session, Duration settledWithin) throws SQLException {
        Map<String, Map<CallState, Kind>> targets = new TreeMap<>();
        Map<CallState, Count> totals = new EnumMap<>(CallState.class);
        long open = count(session, OPEN);
        if (open > BOUND) {
            read(session, OLDEST, true, targets);
            read(session, NEWEST, true, targets);
            long others = 0;
            for (CallState state : IN_INDEX) {
                long calls = count(session, OF_STATE.formatted(state.word()));
                read(session, SOME_OF_STATE.formatted(state.word()), calls > SAMPLE, targets);
                totals.put(state, bounded(calls, calls > BOUND));
                others += calls;
            }
            long waiting = total(targets, CallState.WAITING).value();
            totals.put(CallState.WAITING, bounded(Math.max(waiting, open - others), true));
        } else {
            read(session, ALL, false, targets);
        }
        for (CallState state : CallState.values()) {
            if (!state.isFinal()) {
                totals.computeIfAbsent(state, s -> total(targets, s));
            }
        }
        return new Overview(
                session.now(),
                totals,
                oldest(targets, true),
                oldest(targets, false),
                lately(session, settledWithin),
                perTarget(targets));
    }

    private static Count bounded(long calls, boolean more) {
        return new Count(Math.min(calls, BOUND), more);
    }

    private static long count(CallSession session, String sql) throws SQLException {
        try (PreparedStatement select = session.prepare(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** @param more whether there may be more of each kind than is counted */
    private static void read(CallSession session, String sql, boolean more, Map<String, Map<CallState, Kind>> targets)
            throws SQLException {
        try (PreparedStatement select = session.prepare(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Kind kind = new Kind(
                        rows.getLong("calls"),
                        more,
                        session.dialect().time(rows, "oldest"),
                        session.dialect().time(rows, "oldest_doubt"));
                targets.computeIfAbsent(rows.getString("target"), name -> new EnumMap<>(CallState.class))
                        .merge(CallState.ofWord(rows.getString("state")), kind, Kind::either);
            }
        }
    }

    private static Count total(Map<String, Map<CallState, Kind>> targets, CallState state) {
        Kind none = new Kind(0, false, null, null);
        long calls = 0;
        boolean more = false;
        for (Map<CallState, Kind> kinds : targets.values()) {
            Kind kind = kinds.getOrDefault(state, none);
            calls += kind.calls;
            more |= kind.more;
        }
        return new Count(Math.min(calls, BOUND), more || calls > BOUND);
    }

    private static @Nullable Instant oldest(Map<String, Map<CallState, Kind>> targets, boolean any) {
        Instant oldest = null;
        for (Map<CallState, Kind> kinds : targets.values()) {
            oldest = earlier(oldest, oldestOf(kinds, any));
        }
        return oldest;
    }

    /** @param any of recordings; else of doubts that last */
    private static @Nullable Instant oldestOf(Map<CallState, Kind> kinds, boolean any) {
        Instant oldest = null;
        for (Map.Entry<CallState, Kind> entry : kinds.entrySet()) {
            CallState state = entry.getKey();
            Kind kind = entry.getValue();
            if (any) {
                oldest = earlier(oldest, kind.oldest);
            } else if (state == CallState.IN_DOUBT || state == CallState.UNRESOLVED) {
                oldest = earlier(oldest, kind.oldestDoubt);
            }
        }
        return oldest;
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }

    private static List<Overview.OfTarget> perTarget(Map<String, Map<CallState, Kind>> targets) {
        List<Overview.OfTarget> list = new ArrayList<>();
        targets.forEach((target, kinds) -> {
            Map<CallState, Count> open = new EnumMap<>(CallState.class);
            kinds.forEach((state, kind) -> open.put(state, kind.count()));
            Instant oldest = Objects.requireNonNull(oldestOf(kinds, true), "oldest");
            list.add(new Overview.OfTarget(target, open, oldest, oldestOf(kinds, false)));
        });
        list.sort(Comparator.comparingLong(OverviewReads::doubts).reversed());
        return list;
    }

    private static long doubts(Overview.OfTarget target) {
        return target.in(CallState.IN_DOUBT).value()
                + target.in(CallState.UNRESOLVED).value();
    }

    private static Overview.Lately lately(CallSession session, Duration within) throws SQLException {
        Map<CallState, Count> counts = new EnumMap<>(CallState.class);
        long all = 0;
        try (PreparedStatement select = session.prepare(SETTLED)) {
            session.dialect().bind(select, 1, KeyRange.madeAt(session.now().minus(within)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    long calls = rows.getLong("calls");
                    all += calls;
                    counts.put(CallState.ofWord(rows.getString("state")), new Count(calls, false));
                }
            }
        }
        boolean more = all > BOUND;
        for (CallState state : CallState.values()) {
            if (state.isFinal()) {
                long calls = counts.getOrDefault(state, Count.NONE).value();
                counts.put(state, new Count(Math.min(calls, BOUND), more));
            }
        }
        return new Overview.Lately(within, counts);
    }
}
