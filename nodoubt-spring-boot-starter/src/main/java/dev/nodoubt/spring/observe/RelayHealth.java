package dev.nodoubt.spring.observe;

import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.RelayStatus;
import dev.nodoubt.call.TargetStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether this node can deliver: it reaches its store and holds its lease. That a target is down makes no node unhealthy:
 * its calls wait, a restart would not help them, and the requests that record them work.
 */
final class RelayHealth extends AbstractHealthIndicator {

    private final Relay relay;
    private final CallStore store;

    RelayHealth(Relay relay, CallStore store) {
        super("the store of calls could not be asked");
        this.relay = relay;
        this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        RelayStatus node = relay.node();
        builder.withDetail("node", node.name()).withDetail("incarnation", node.incarnation());
        builder.withDetail("targets", targets());
        store.heldOff(); // one small read: whether the store can be used
        if (node.holdsLease()) {
            builder.up();
        } else {
            builder.down().withDetail("reason", "this node holds no lease: it attempts nothing until it has one");
        }
    }

    private Map<String, String> targets() {
        Map<String, String> targets = new LinkedHashMap<>();
        for (TargetStatus target : relay.targets()) {
            String problem = target.problem();
            targets.put(
                    target.name(), problem == null ? "breaker " + Words.of(target.breaker()) : "paused: " + problem);
        }
        return targets;
    }
}
