package dev.nodoubt;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A watch whose faults stay its own. */
final class GuardedWatch<R> implements Watch<R> {

    private final Watch<R> watch;
    private final Consumer<RuntimeException> faults;

    GuardedWatch(Watch<R> watch, Consumer<RuntimeException> faults) {
        this.watch = watch;
        this.faults = faults;
    }

    @Override
    public @Nullable Trace trace() {
        try {
            return watch.trace();
        } catch (RuntimeException e) {
            faults.accept(e);
            return null;
        }
    }

    @Override
    public Scope open() {
        try {
            Scope scope = watch.open();
            return () -> run(scope::close);
        } catch (RuntimeException e) {
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
        } catch (RuntimeException e) {
            faults.accept(e);
        }
    }
}
