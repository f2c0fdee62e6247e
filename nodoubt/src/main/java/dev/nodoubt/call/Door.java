package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import org.jspecify.annotations.Nullable;

/**
 * Whether a target may be attempted at all. A nodoubt receiver's first use, and each resume, asks its outcome endpoint
 * first: who does not speak the protocol there must not be sent a call (protocol, section 1). Lives on the loop.
 */
final class Door {

    private enum State {
        /** To be asked before the next call. */
        UNPROVED,
        /** Asked, or waiting to be asked again. */
        PROBING,
        OPEN,
        /** Shut until a person resumes the target. */
        SHUT
    }

    private final State first;
    private State state;
    private volatile @Nullable String problem;
    private int probes;

    /** @param probed whether the target has an outcome endpoint that is asked first */
    Door(boolean probed) {
        first = probed ? State.UNPROVED : State.OPEN;
        state = first;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean wantsProbe() {
        return state == State.UNPROVED;
    }

    /** How many probes there were since the door was last open. */
    int probes() {
        return probes;
    }

    void probing() {
        state = State.PROBING;
        probes++;
    }

    /** Takes a probe's result; true when the target is to be asked again later. */
    boolean probed(AttemptResult result) {
        if (state != State.PROBING) {
            return false;
        }
        if (result instanceof Answer && !(result instanceof Answer.NotExecuted)) {
            resume(State.OPEN);
            return false;
        }
        problem = "its outcome endpoint gave no answer (" + result + ")";
        return true;
    }

    void probeAgain() {
        if (state == State.PROBING) {
            state = State.UNPROVED;
        }
    }

    /** Shuts the door; true when it was open and a probe may open it again. */
    boolean halt(Decision.Halt halt) {
        boolean wasOpen = isOpen();
        state = halt.byHand() ? State.SHUT : wasOpen ? State.PROBING : state;
        problem = halt.problem() + (halt.byHand() ? "; mend the target, then resume it by hand" : "");
        return wasOpen && !halt.byHand();
    }

    /** A person says that the target was mended. */
    void resume() {
        resume(first);
    }

    private void resume(State next) {
        state = next;
        problem = null;
        probes = 0;
    }

    /** Why the target is paused, for a person; null when it is not. Readable from any thread. */
    @Nullable
    String problem() {
        return problem;
    }
}
