package dev.nodoubt.spring.observe;

import dev.nodoubt.Trace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of the W3C's Trace Context. */
final class TraceFields {

    static final String PARENT = "traceparent";
    static final String STATE = "tracestate";

    private TraceFields() {}

    /** Null where a tracer propagates none, or in another format than the W3C's only. */
    static @Nullable Trace trace(Map<String, String> fields) {
        return Trace.of(fields.get(PARENT), fields.get(STATE)).orElse(null);
    }
}
