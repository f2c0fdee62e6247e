package dev.nodoubt.spring.observe;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.gate.Admission;
import java.util.Locale;
import java.util.Map;

/** The values of bounded tags. */
final class Words {

    private static final Map<Class<? extends AttemptResult>, String> RESULTS = Map.ofEntries(
            Map.entry(Outcome.Executed.class, "executed"),
            Map.entry(Outcome.Rejected.class, "rejected"),
            Map.entry(Outcome.Never.class, "never"),
            Map.entry(Answer.InProgress.class, "in-progress"),
            Map.entry(Answer.Absent.class, "absent"),
            Map.entry(Answer.NotExecuted.class, "not-executed"),
            Map.entry(Answer.Unknown.class, "unknown"),
            Map.entry(Answer.Expired.class, "expired"),
            Map.entry(AttemptResult.NotSent.class, "not-sent"),
            Map.entry(AttemptResult.Lost.class, "lost"),
            Map.entry(AttemptResult.Unmarked.class, "unmarked"));

    private Words() {}

    static String of(AttemptResult result) {
        return RESULTS.getOrDefault(result.getClass(), "other");
    }

    static String of(Admission admission) {
        if (admission instanceof Admission.Executed executed) {
            return executed.replayed() ? "replayed" : "executed";
        }
        if (admission instanceof Admission.Rejected rejected) {
            return rejected.replayed() ? "replayed" : "rejected";
        }
        return admission instanceof Admission.Withheld withheld ? of(withheld.reason()) : "not-executed";
    }

    /** As a tag's value is written: {@code KEY_REUSED} is {@code key-reused}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
