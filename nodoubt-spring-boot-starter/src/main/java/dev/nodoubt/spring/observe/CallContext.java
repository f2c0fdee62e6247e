package dev.nodoubt.spring.observe;

import dev.nodoubt.Trace;
import io.micrometer.observation.Observation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An observation of a recorded call, whose trace began elsewhere: perhaps in a process that is gone. */
final class CallContext extends Observation.Context {

    private final Map<String, String> carried = new HashMap<>();
    private final Map<String, String> sent = new HashMap<>();
    private final boolean crosses;

    /** @param crosses whether it crosses the network to the target */
    CallContext(@Nullable Trace trace, boolean crosses) {
        this.crosses = crosses;
        if (trace != null) {
            carried.put(TraceFields.PARENT, trace.parent());
            if (trace.state() != null) {
                carried.put(TraceFields.STATE, trace.state());
            }
        }
    }

    /** The fields of the trace that it continues. */
    Map<String, String> carried() {
        return carried;
    }

    /** The fields under which others continue it. */
    Map<String, String> sent() {
        return sent;
    }

    boolean crosses() {
        return crosses;
    }
}
