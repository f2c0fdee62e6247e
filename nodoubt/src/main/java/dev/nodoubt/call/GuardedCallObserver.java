package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.ObserverGuard;
import dev.nodoubt.Outcome;
import dev.nodoubt.Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An observer whose faults stay its own: a call is delivered whether or not it is seen. */
final class GuardedCallObserver implements CallObserver {

    private static final Logger log = LoggerFactory.getLogger(GuardedCallObserver.class);

    private final CallObserver observer;
    private final ObserverGuard guard = new ObserverGuard(
            fault -> log.warn(
                    "ND-0116 the observer of calls failed; calls go on, what is measured of them is incomplete", fault),
            fault -> log.debug("the observer of calls failed again", fault));

    GuardedCallObserver(CallObserver observer) {
        this.observer = observer;
    }

    @Override
    public Watch<CallStore.Recording> recording(Call call) {
        return guard.watch(() -> observer.recording(call));
    }

    @Override
    public Watch<AttemptResult> attempting(Attempt attempt) {
        return guard.watch(() -> observer.attempting(attempt));
    }

    @Override
    public Watch<Boolean> settling(OpenCall call, Outcome outcome) {
        return guard.watch(() -> observer.settling(call, outcome));
    }

    @Override
    public void unresolved(OpenCall call) {
        guard.tell(() -> observer.unresolved(call));
    }
}
