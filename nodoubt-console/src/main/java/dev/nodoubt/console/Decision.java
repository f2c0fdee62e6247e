package dev.nodoubt.console;

import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.GateCounts;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What a gate decided of a request, in as many kinds as a plot can show. */
enum Decision {
    /** Executed for the first time. */
    EXECUTED,
    /** A recorded reply was told again. */
    REPLAYED,
    /** Refused for good for the first time. */
    REJECTED,
    /** The handler's own answer rolled everything back. */
    ROLLED_BACK,
    /** The key belongs to another request. */
    MISMATCHED,
    /** The gate answered in the handler's place, for any other reason. */
    WITHHELD;

    /** In texts, streams and style sheets: {@code rolled-back}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Map<Decision, Long> counted(GateCounts counts) {
        long mismatched = counts.withheld(Admission.Reason.KEY_REUSED);
        long withheld =
                counts.withheld().values().stream().mapToLong(Long::longValue).sum();
        Map<Decision, Long> counted = new EnumMap<>(Decision.class);
        counted.put(EXECUTED, counts.executed());
        counted.put(REPLAYED, counts.replayed());
        counted.put(REJECTED, counts.rejected());
        counted.put(ROLLED_BACK, counts.notExecuted());
        counted.put(MISMATCHED, mismatched);
        counted.put(WITHHELD, withheld - mismatched);
        return counted;
    }
}
