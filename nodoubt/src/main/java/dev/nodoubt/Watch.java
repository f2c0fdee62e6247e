package dev.nodoubt;

import org.jspecify.annotations.Nullable;

/**
 * One piece of work that an observer watches from its beginning to its end. Exactly one of {@link #ended} and {@link
 * #failed} follows, perhaps on another thread. All must return at once: they run where the work runs.
 *
 * @param <R> what the work brings
 */
public interface Watch<R> {

    /** The place in a trace at which what this work begins goes on; null when the observer makes none. */
    default @Nullable Trace trace() {
        return null;
    }

    /** Makes the work the current one of this thread, until what is returned is closed on it. */
    default Scope open() {
        return () -> {};
    }

    default void ended(R result) {}

    default void failed(Throwable fault) {}

    /** While it is open, the work is the current one of its thread. */
    @FunctionalInterface
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
