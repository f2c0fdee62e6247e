package dev.nodoubt.gate;

import dev.nodoubt.ObserverGuard;
import dev.nodoubt.Watch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An observer whose faults stay its own: the gate decides the same whether or not it is seen. */
final class GuardedGateObserver implements GateObserver {

    private static final Logger log = LoggerFactory.getLogger(GuardedGateObserver.class);

    private final GateObserver observer;
    private final ObserverGuard guard = new ObserverGuard(
            fault -> log.warn(
                    "ND-0213 the observer of the gate failed; requests go on, what is measured is incomplete", fault),
            fault -> log.debug("the observer of the gate failed again", fault));

    GuardedGateObserver(GateObserver observer) {
        this.observer = observer;
    }

    @Override
    public Watch<Admission> executing(GateRequest request) {
        return guard.watch(() -> observer.executing(request));
    }

    @Override
    public Watch<Finding> querying(GateKey key) {
        return guard.watch(() -> observer.querying(key));
    }

    @Override
    public Watch<Finding> fencing(GateKey key) {
        return guard.watch(() -> observer.fencing(key));
    }

    @Override
    public void purged(int keys) {
        guard.tell(() -> observer.purged(keys));
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
