package dev.nodoubt.spring.observe;

import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.TargetStatus;
import dev.nodoubt.call.TargetStatus.BreakerState;
import dev.nodoubt.jdbc.CallCensus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What can be read of a relay at any instant: its targets, its lease, and the open calls of all nodes. */
final class RelayGauges implements MeterBinder {

    private final Relay relay;
    private final OpenCalls calls;

    RelayGauges(Relay relay, OpenCalls calls) {
        this.relay = relay;
        this.calls = calls;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        relay.targets().forEach(target -> bind(registry, target.name()));
        for (CallState state : CallCensus.Count.NONE.open().keySet()) {
            Gauge.builder("nodoubt.call.open", this, gauges -> gauges.open(state))
                    .description("Open calls of all nodes")
                    .tag("state", state.word())
                    .register(registry);
        }
        TimeGauge.builder("nodoubt.call.oldest.doubt", this::oldestDoubt, TimeUnit.SECONDS)
                .description("How long the oldest call has been in doubt")
                .register(registry);
        Gauge.builder("nodoubt.call.lease", relay, r -> r.node().holdsLease() ? 1 : 0)
                .description("Whether this node holds its lease, without which it attempts nothing")
                .register(registry);
    }

    private void bind(MeterRegistry registry, String target) {
        gauge(registry, "in.flight", target, "Attempts under way", TargetStatus::inFlight);
        gauge(registry, "permits", target, "The most attempts at once", TargetStatus::permits);
        gauge(registry, "held", target, "Calls that this node holds and that are not under way", TargetStatus::held);
        gauge(registry, "paused", target, "Whether the target is paused", t -> t.problem() == null ? 0 : 1);
        for (BreakerState state : BreakerState.values()) {
            Gauge.builder("nodoubt.call.breaker", relay, r -> read(r, target, t -> t.breaker() == state ? 1 : 0))
                    .description("Whether the target's circuit breaker is in this state")
                    .tag("target", target)
                    .tag("state", Words.of(state))
                    .register(registry);
        }
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String target,
            String description,
            ToDoubleFunction<TargetStatus> value) {
        Gauge.builder("nodoubt.call." + name, relay, r -> read(r, target, value))
                .description(description)
                .tag("target", target)
                .register(registry);
    }

    private static double read(Relay relay, String target, ToDoubleFunction<TargetStatus> value) {
        return relay.targets().stream()
                .filter(status -> status.name().equals(target))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }

    private double open(CallState state) {
        CallCensus.Count count = calls.last();
        return count == null ? Double.NaN : count.in(state);
    }

    private double oldestDoubt() {
        CallCensus.Count count = calls.last();
        return count == null ? Double.NaN : count.oldestDoubt().toMillis() / 1_000.0;
    }
}
