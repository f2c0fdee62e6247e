package dev.nodoubt.spring.observe;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.Watch;
import dev.nodoubt.call.Attempt;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallObserver;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.OpenCall;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.HashMap;
import java.util.Map;

/**
 * What a relay does, as observations. No name or tag has a path or a payload in it. A call's key is a secret: spans get its
 * digest, as logs do, and metrics nothing.
 */
final class ObservedCalls implements CallObserver {

    static final String RECORD = "nodoubt.call.record";
    static final String ATTEMPT = "nodoubt.call.attempt";
    static final String SETTLE = "nodoubt.call.settle";

    private static final String TARGET = "target";
    private static final String KEY = "nodoubt.key.digest";

    private final ObservationRegistry registry;
    private final CallEnds ends;

    ObservedCalls(ObservationRegistry registry, CallEnds ends) {
        this.registry = registry;
        this.ends = ends;
    }

    @Override
    public Watch<CallStore.Recording> recording(Call call) {
        Map<String, String> sent = new HashMap<>();
        SenderContext<Map<String, String>> context =
                new SenderContext<>((fields, name, value) -> sent.put(name, value), Kind.PRODUCER);
        context.setCarrier(sent);
        String target = call.request().target();
        context.setRemoteServiceName(target);
        Observation observation = Observation.createNotStarted(RECORD, () -> context, registry)
                .contextualName("record call to " + target)
                .lowCardinalityKeyValue(TARGET, target)
                .highCardinalityKeyValue(KEY, call.key().digest());
        return new Observed<>(
                observation, sent, Observed.End.of("recorded", recording -> recording.earlier() ? "earlier" : "now"));
    }

    @Override
    public Watch<AttemptResult> attempting(Attempt attempt) {
        CallContext context = new CallContext(attempt.trace(), true);
        String target = attempt.request().target();
        String step = Words.of(attempt.step());
        Observation observation = Observation.createNotStarted(ATTEMPT, () -> context, registry)
                .contextualName(step + " at " + target)
                .lowCardinalityKeyValue(TARGET, target)
                .lowCardinalityKeyValue("step", step)
                .highCardinalityKeyValue(KEY, attempt.key().digest())
                .highCardinalityKeyValue("nodoubt.attempt", Integer.toString(attempt.number()));
        return new Observed<>(observation, context.sent(), Observed.End.of("result", Words::of));
    }

    @Override
    public Watch<Boolean> settling(OpenCall call, Outcome outcome) {
        CallContext context = new CallContext(call.trace(), false);
        String target = call.request().target();
        Observation observation = Observation.createNotStarted(SETTLE, () -> context, registry)
                .contextualName("settle call to " + target)
                .lowCardinalityKeyValue(TARGET, target)
                .lowCardinalityKeyValue("outcome", Words.of(outcome))
                .highCardinalityKeyValue(KEY, call.key().digest());
        return new Observed<>(
                observation,
                context.sent(),
                new Observed.End<>("settled", here -> here ? "here" : "elsewhere", here -> {
                    if (here) {
                        ends.settled(call, outcome);
                    }
                }));
    }

    @Override
    public void unresolved(OpenCall call) {
        ends.unresolved(call);
    }
}
