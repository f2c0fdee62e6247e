package dev.nodoubt;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A watch whose faults stay its own. */
final class GuardedWatch<R> implements Watch<R> {

    private final Watch<R> watch;
    private final ObserverGuard guard;

    GuardedWatch(Watch<R> watch, ObserverGuard guard) {
        this.watch = watch;
        this.guard = guard;
    }

    @Override
    public @Nullable Trace trace() {
        try {
            return watch.trace();
        } catch (RuntimeException | Error e) {
            guard.fault(e);
            return null;
        }
    }

    @Override
    public Scope open() {
        try {
            Scope scope = Objects.requireNonNull(watch.open(), "scope");
            return () -> guard.tell(scope::close);
        } catch (RuntimeException | Error e) {
            guard.fault(e);
            return () -> {};
        }
    }

    @Override
    public void ended(R result) {
        guard.tell(() -> watch.ended(result));
    }

    @Override
    public void failed(Throwable fault) {
        guard.tell(() -> watch.failed(fault));
    }
}
