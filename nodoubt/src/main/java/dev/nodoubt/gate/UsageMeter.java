package dev.nodoubt.gate;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what each caller records here, and knows what all nodes had counted when it last asked. A count in the gate's
 * transaction would make one row of each caller the bottleneck of all its calls. Thread-safe.
 */
final class UsageMeter {

    private final GateSettings.Quota quota;
    private final Map<String, Usage> unwritten = new ConcurrentHashMap<>();
    private final Map<String, Usage> known = new ConcurrentHashMap<>();

    UsageMeter(GateSettings.Quota quota) {
        this.quota = quota;
    }

    void recorded(String scope, boolean tombstone) {
        unwritten.merge(scope, new Usage(1, tombstone ? 1 : 0), Usage::plus);
    }

    boolean full(String scope) {
        Usage usage = usage(scope);
        return usage.rows() - usage.tombstones() >= quota.rows();
    }

    boolean fullOfTombstones(String scope) {
        return usage(scope).tombstones() >= quota.tombstones();
    }

    /** A caller that is seen for the first time is asked about at the next write. */
    private Usage usage(String scope) {
        return known.getOrDefault(scope, Usage.NONE).plus(unwritten.computeIfAbsent(scope, first -> Usage.NONE));
    }

    /** Adds what was counted here to the store, and learns what the others added. */
    void write(GateStore store) throws SQLException {
        for (String scope : List.copyOf(unwritten.keySet())) {
            Usage change = unwritten.remove(scope);
            if (change == null) {
                continue;
            }
            try {
                known.put(scope, store.addUsage(scope, change));
            } catch (SQLException e) {
                unwritten.merge(scope, change, Usage::plus);
                throw e;
            }
        }
    }
}
