package dev.nodoubt.gate;

import dev.nodoubt.Watch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An observer whose faults stay its own: the gate decides the same whether or not it is seen. */
final class GuardedObserver implements GateObserver {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedObserver.class);

    private final GateObserver observer;
    private volatile boolean failed;

    GuardedObserver(GateObserver observer) {
        this.observer = observer;
    }

    @Override
    public Watch<Admission> executing(GateRequest request) {
        return Watch.guarded(() -> observer.executing(request), this::tell);
    }

    @Override
    public Watch<Finding> querying(GateKey key) {
        return Watch.guarded(() -> observer.querying(key), this::tell);
    }

    @Override
    public Watch<Finding> fencing(GateKey key) {
        return Watch.guarded(() -> observer.fencing(key), this::tell);
    }

    @Override
    public void purged(int keys) {
        try {
            observer.purged(keys);
        } catch (RuntimeException | Error e) {
            tell(e);
        }
    }

    /** Once as a warning: it would be told of each request. */
    private void tell(Throwable fault) {
        if (failed) {
            LOG.debug("the observer of the gate failed again", fault);
        } else {
            failed = true;
            LOG.warn("ND-0213 the observer of the gate failed; requests go on, what is measured is incomplete", fault);
        }
    }

    /** Watches until it is done, with the watch's scope open. */
    static <R> R watched(Watch<R> watch, Supplier<R> work) {
        Watch.Scope scope = watch.open();
        R result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            scope.close();
            watch.failed(e);
            throw e;
        }
        scope.close();
        watch.ended(result);
        return result;
    }
}
