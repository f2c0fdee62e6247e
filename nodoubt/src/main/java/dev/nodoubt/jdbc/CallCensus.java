package dev.nodoubt.jdbc;

import dev.nodoubt.call.CallState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts the open calls in the store, of all nodes. It reads every open row, a third of a second for a million of
 * them in memory: for gauges that are read a few times a minute, not for a page. Thread-safe; keeps no connection.
 */
public final class CallCensus {

    private static final String COUNT =
            "SELECT state, count(*) AS calls, min(doubt_since) AS since FROM nodoubt_call GROUP BY state";
    private static final int LONGEST_SECONDS = 10;

    private final CallDatabase database;

    /** @param dataSource of the database of the call store; not asked before the first use */
    public CallCensus(DataSource dataSource) {
        this.database = new CallDatabase(dataSource);
    }

    /**
     * The open calls at one moment.
     *
     * @param open how many are in each state that is not final; zero where none is
     * @param oldestDoubt how long the oldest call has been in doubt, by the database's clock; zero when none is in doubt
     */
    public record Count(Map<CallState, Long> open, Duration oldestDoubt) {

        public static final Count NONE = new Count(Map.of(), Duration.ZERO);

        public Count {
            Map<CallState, Long> all = new EnumMap<>(CallState.class);
            for (CallState state : CallState.values()) {
                if (!state.isFinal()) {
                    all.put(state, open.getOrDefault(state, 0L));
                }
            }
            open = Map.copyOf(all);
        }

        public long in(CallState state) {
            return open.getOrDefault(state, 0L);
        }
    }

    /**
     * Counts now, within ten seconds.
     *
     * @throws dev.nodoubt.call.CallStoreException when the store cannot be used, or it takes longer
     */
    public Count take() {
        return database.inTransaction("count the open calls", CallCensus::count);
    }

    private static Count count(CallSession session) throws SQLException {
        try (PreparedStatement count = session.prepare(COUNT)) {
            return Timeouts.within(LONGEST_SECONDS, count, bounded -> count(session, bounded));
        }
    }

    private static Count count(CallSession session, PreparedStatement count) throws SQLException {
        Map<CallState, Long> open = new EnumMap<>(CallState.class);
        Instant oldest = null;
        try (ResultSet rows = count.executeQuery()) {
            while (rows.next()) {
                CallState state = CallState.ofWord(rows.getString("state"));
                open.put(state, rows.getLong("calls"));
                oldest = state == CallState.IN_DOUBT ? session.dialect().time(rows, "since") : oldest;
            }
        }
        return new Count(open, age(session, oldest));
    }

    private static Duration age(CallSession session, @Nullable Instant since) throws SQLException {
        Duration age = since == null ? Duration.ZERO : Duration.between(since, session.now());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
