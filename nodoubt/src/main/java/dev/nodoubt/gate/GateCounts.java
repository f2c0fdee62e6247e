package dev.nodoubt.gate;

import java.util.Map;

/**
 * How many requests a gate decided in which way since it was made: this gate alone, in memory.
 *
 * @param executed first executions that committed
 * @param rejected first refusals that were recorded
 * @param replayed recorded replies that were told again, of both
 * @param notExecuted rolled back by the handler's own answer
 * @param withheld by why the gate answered in the handler's place, {@link Admission.Reason#KEY_REUSED} of mismatched
 *     requests among them; a reason that never occurred is missing
 */
public record GateCounts(
        long executed, long rejected, long replayed, long notExecuted, Map<Admission.Reason, Long> withheld) {

    public GateCounts {
        withheld = Map.copyOf(withheld);
    }

    /** How many requests were withheld for this reason. */
    public long withheld(Admission.Reason reason) {
        return withheld.getOrDefault(reason, 0L);
    }
}
