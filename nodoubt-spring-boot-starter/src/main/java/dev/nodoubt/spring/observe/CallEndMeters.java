package dev.nodoubt.spring.observe;

import dev.nodoubt.Outcome;
import dev.nodoubt.call.Doubt;
import dev.nodoubt.call.OpenCall;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** How long calls took as a whole, and how many no longer end by themselves. */
final class CallEndMeters implements CallEnds {

    static final String SETTLED = "nodoubt.call.settled";
    static final String DOUBT = "nodoubt.call.doubt";
    static final String UNRESOLVED = "nodoubt.call.unresolved";

    private final MeterRegistry registry;

    CallEndMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void settled(OpenCall call, Outcome outcome) {
        Instant now = Instant.now();
        Tags tags = Tags.of("target", call.request().target(), "outcome", Words.of(outcome));
        call.key()
                .time()
                .ifPresent(born -> Timer.builder(SETTLED)
                        .description("From a call's key to its committed outcome")
                        .tags(tags)
                        .register(registry)
                        .record(between(born, now)));
        Doubt doubt = call.progress().doubt();
        if (doubt != null) {
            Timer.builder(DOUBT)
                    .description("From the first lost answer to the committed outcome, of calls that were in doubt")
                    .tags(tags)
                    .register(registry)
                    .record(between(doubt.since(), now));
        }
    }

    /** Never below zero: the times may be of two machines. */
    private static Duration between(Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        return time.isNegative() ? Duration.ZERO : time;
    }

    @Override
    public void unresolved(OpenCall call) {
        Counter.builder(UNRESOLVED)
                .description("Calls that became unresolved: a person is needed")
                .tag("target", call.request().target())
                .register(registry)
                .increment();
    }
}
