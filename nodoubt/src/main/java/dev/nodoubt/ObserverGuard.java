package dev.nodoubt;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps what an observer throws, exceptions and errors, from the work that it watches: that goes on as if nobody had
 * looked. Thread-safe.
 */
public final class ObserverGuard {

    private final Consumer<Throwable> first;
    private final Consumer<Throwable> further;
    private volatile boolean failed;

    /**
     * A guard of one observer.
     *
     * @param first hears the first fault, for a warning; an observer that fails often fails at each piece of work
     * @param further hears each later one
     */
    public ObserverGuard(Consumer<Throwable> first, Consumer<Throwable> further) {
        this.first = first;
        this.further = further;
    }

    /**
     * A watch that never throws.
     *
     * @param begin begins the watch that is guarded; where it throws, or gives none, nothing is watched
     */
    public <R> Watch<R> watch(Supplier<Watch<R>> begin) {
        try {
            return new GuardedWatch<>(Objects.requireNonNull(begin.get(), "watch"), this);
        } catch (RuntimeException | Error e) {
            fault(e);
            return new Watch<>() {};
        }
    }

    /** Tells the observer something of which nothing is watched. */
    public void tell(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException | Error e) {
            fault(e);
        }
    }

    void fault(Throwable fault) {
        if (failed) {
            further.accept(fault);
        } else {
            failed = true;
            first.accept(fault);
        }
    }
}
