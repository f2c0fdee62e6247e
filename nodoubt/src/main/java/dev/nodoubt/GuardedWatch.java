package dev.nodoubt;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A watch whose faults stay its own. */
final class GuardedWatch<R> implements Watch<R> {

    private final Watch<R> watch;
    private final Consumer<Throwable> faults;

    GuardedWatch(Watch<R> watch, Consumer<Throwable> faults) {
        this.watch = watch;
        this.faults = faults;
    }

    @Override
    public @Nullable Trace trace() {
        try {
            return watch.trace();
        } catch (RuntimeException | Error e) {
            faults.accept(e);
            return null;
        }
    }

    @Override
    public Scope open() {
        try {
            Scope scope = Objects.requireNonNull(watch.open(), "scope");
            return () -> run(scope::close);
        } catch (RuntimeException | Error e) {
            faults.accept(e);
            return () -> {};
        }
    }

    @Override
    public void ended(R result) {
        run(() -> watch.ended(result));
    }

    @Override
    public void failed(Throwable fault) {
        run(() -> watch.failed(fault));
    }

    private void run(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException | Error e) {
            faults.accept(e);
        }
    }
}
