package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

/**
 * The machine, with one call before it, for its benchmark. It stands in the machine's package because that one is the
 * relay's alone, and is to be measured as the relay calls it; this class is in no module that is published.
 */
@NullMarked
public final class MeasuredMachine {

    private final OpenCall call;
    private final Target target;
    private final Instant now;

    public MeasuredMachine(OpenCall call, Target target, Instant now) {
        this.call = call;
        this.target = target;
        this.now = now;
    }

    /** What is done with the call now. */
    public Step next() {
        return CallMachine.next(call.progress(), target.capability(), now);
    }

    /** What follows from an execution's result; its class is the machine's own. */
    public Object learn(AttemptResult result) {
        return new Lesson(call, target, Step.EXECUTE, now, now).of(result);
    }

    /** Whether the call is settled by that result. */
    public boolean settles(AttemptResult result) {
        return learn(result) instanceof Decision.Settle;
    }
}
