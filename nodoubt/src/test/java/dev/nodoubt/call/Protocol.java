package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import java.time.Instant;

/** The rules that a simulated world follows: the real ones. A wrong variant overrides one of them. */
class Protocol {

    private static final Target TARGET = Target.of("mail");

    Step next(Progress progress, Instant now) {
        return CallMachine.next(progress, TARGET.capability(), now);
    }

    Decision after(OpenCall call, Step step, AttemptResult result, Instant now) {
        return new Lesson(call, TARGET, step, now, now).of(result);
    }

    /** Whether a call that a dead node held counts as possibly sent. */
    boolean deadMayHaveSent() {
        return true;
    }

    /** Whether who writes must still hold the row. */
    boolean comparesHolders() {
        return true;
    }

    /** Whether a call is handed over only when no scan can have found it before. */
    boolean handsOverOnlyTheUnseen() {
        return true;
    }

    /** Whether a tombstone outlives the late request that meets it. */
    boolean tombstonesStay() {
        return true;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }
}
