package dev.nodoubt.gate;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a gate decided. Thread-safe. */
final class AdmissionMeter {

    private final LongAdder executed = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder replayed = new LongAdder();
    private final LongAdder notExecuted = new LongAdder();
    private final Map<Admission.Reason, LongAdder> withheld = new ConcurrentHashMap<>();

    /** The same admission, counted. */
    Admission counted(Admission admission) {
        if (admission instanceof Admission.Executed done) {
            (done.replayed() ? replayed : executed).increment();
        } else if (admission instanceof Admission.Rejected refused) {
            (refused.replayed() ? replayed : rejected).increment();
        } else if (admission instanceof Admission.NotExecuted) {
            notExecuted.increment();
        } else if (admission instanceof Admission.Withheld kept) {
            withheld.computeIfAbsent(kept.reason(), reason -> new LongAdder()).increment();
        }
        return admission;
    }

    GateCounts counts() {
        Map<Admission.Reason, Long> reasons = new EnumMap<>(Admission.Reason.class);
        withheld.forEach((reason, count) -> reasons.put(reason, count.sum()));
        return new GateCounts(executed.sum(), rejected.sum(), replayed.sum(), notExecuted.sum(), reasons);
    }
}
