package dev.nodoubt.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A call in memory, and the incarnation under which it is held; changed by {@link HeldCalls} and {@link Wishes} alone. Identity is the object's. */
final class Held {
    private final long holder;
    OpenCall call;

    /** Whether it waits for its next step, rather than for the end of one. */
    boolean waits;

    /** Whether its row does not say yet what is known here. */
    boolean unwritten;

    /** What an operator wants and no step does yet: the next step at once, true as a query; null for nothing. */
    @Nullable
    Boolean wish;

    /** The wish that the step under way does. */
    @Nullable
    Boolean served;

    Held(OpenCall call, long holder) {
        this.call = call;
        this.holder = holder;
    }

    OpenCall call() {
        return call;
    }

    long holder() {
        return holder;
    }

    int priority() {
        return call.terms().labels().priority();
    }

    /** A waiting call's deadline is a moment to act, too. */
    Instant wakeAt() {
        Progress p = call.progress();
        return p.state() == CallState.WAITING && p.deadline().isBefore(p.dueAt()) ? p.deadline() : p.dueAt();
    }
}
