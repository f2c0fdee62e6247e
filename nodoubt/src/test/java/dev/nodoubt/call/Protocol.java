package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import java.time.Instant;

/** The rules that a simulated world follows: the real ones. A wrong variant overrides one of them. */
class Protocol {

    private final SimulatedTarget target;

    Protocol(SimulatedTarget target) {
        this.target = target;
    }

    final SimulatedTarget target() {
        return target;
    }

    Step next(Progress progress, Instant now) {
        return CallMachine.next(progress, target.capability(), now);
    }

    Decision after(Lesson lesson, AttemptResult result) {
        return lesson.of(result);
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

    /** Whether the start of a request that must not be repeated is committed before it leaves. */
    boolean commitsStarts() {
        return target.capability().atMostOnce();
    }

    /**
     * Whether a node begins an attempt only while its lease stands. The others hold their promise without it: a gate's
     * tombstones outlive any delay, and what is sent at most once has committed its start.
     */
    boolean asksForItsLease() {
        return target.remembersKeys();
    }

    /** Whether a receiver that confirms the cancel of a request it has not seen refuses that request later. */
    boolean cancelsStay() {
        return true;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " at " + target;
    }
}
