package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An observer whose faults stay its own: a call is delivered whether or not it is seen. */
final class GuardedObserver implements CallObserver {

    private static final Logger log = LoggerFactory.getLogger(GuardedObserver.class);

    private final CallObserver observer;
    private volatile boolean failed;

    GuardedObserver(CallObserver observer) {
        this.observer = observer;
    }

    @Override
    public Watch<CallStore.Recording> recording(Call call) {
        return Watch.guarded(() -> observer.recording(call), this::tell);
    }

    @Override
    public Watch<AttemptResult> attempting(Attempt attempt) {
        return Watch.guarded(() -> observer.attempting(attempt), this::tell);
    }

    @Override
    public Watch<Boolean> settling(OpenCall call, Outcome outcome) {
        return Watch.guarded(() -> observer.settling(call, outcome), this::tell);
    }

    @Override
    public void unresolved(OpenCall call) {
        try {
            observer.unresolved(call);
        } catch (RuntimeException | Error e) {
            tell(e);
        }
    }

    /** Once as a warning: it would be told of each call. */
    private void tell(Throwable fault) {
        if (failed) {
            log.debug("the observer of calls failed again", fault);
        } else {
            failed = true;
            log.warn(
                    "ND-0116 the observer of calls failed; calls go on, what is measured of them is incomplete", fault);
        }
    }
}
