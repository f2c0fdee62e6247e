package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.call.AttemptRecord.Learnt;
import java.time.Duration;

/** An attempt as it is kept for a person. */
final class Evidence {

    private Evidence() {}

    static AttemptRecord of(Held h, int number, Results.Made made, Duration took) {
        return new AttemptRecord(
                h.call().key(),
                number,
                made.step(),
                h.holder(),
                made.begunAt(),
                took,
                made.crossing().phases(),
                learnt(made.crossing().result()));
    }

    private static Learnt learnt(AttemptResult result) {
        if (result instanceof Outcome.Executed executed) {
            return new Learnt("executed", executed.reply().status(), "");
        }
        if (result instanceof Outcome.Rejected rejected) {
            return new Learnt("rejected", rejected.reply().status(), "");
        }
        if (result instanceof Outcome.Never never) {
            return new Learnt("never", null, never.why().name());
        }
        if (result instanceof Answer.NotExecuted refused) {
            return new Learnt("not-executed", refused.reply().status(), "");
        }
        if (result instanceof AttemptResult.NotSent notSent) {
            return new Learnt("not-sent", null, Lesson.oneLine(notSent.reason()));
        }
        if (result instanceof AttemptResult.Lost lost) {
            return new Learnt("lost", null, Lesson.oneLine(lost.reason()));
        }
        if (result instanceof AttemptResult.Unmarked unmarked) {
            return new Learnt("unmarked", unmarked.status(), "");
        }
        if (result instanceof Answer.InProgress) {
            return new Learnt("in-progress", null, "");
        }
        String word =
                result instanceof Answer.Absent ? "absent" : result instanceof Answer.Expired ? "expired" : "unknown";
        return new Learnt(word, null, "");
    }
}
