package dev.nodoubt.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;

/** Makes a span of each observation of a call, in the trace in which the call was recorded. */
final class CallTracing implements TracingObservationHandler<CallContext> {

    private final Tracer tracer;
    private final Propagator propagator;

    CallTracing(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    @Override
    public void onStart(CallContext context) {
        Span.Builder span =
                propagator.extract(context, (call, name) -> call.carried().get(name));
        if (context.crosses()) {
            span.kind(Span.Kind.CLIENT);
        }
        Span started = span.start();
        getTracingContext(context).setSpan(started);
        propagator.inject(
                started.context(),
                context.sent(),
                (fields, name, value) -> context.sent().put(name, value));
    }

    @Override
    public void onStop(CallContext context) {
        Span span = getRequiredSpan(context);
        span.name(getSpanName(context));
        tagSpan(context, span);
        endSpan(context, span);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof CallContext;
    }

    @Override
    public Tracer getTracer() {
        return tracer;
    }
}
