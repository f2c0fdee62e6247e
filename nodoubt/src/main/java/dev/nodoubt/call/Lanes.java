package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lanes of a relay, by target. Which there are never changes; each lives on the loop. */
final class Lanes {

    private static final Logger log = LoggerFactory.getLogger(Lanes.class);

    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final CallStore store;
    private final Executor io;

    Lanes(CallStore store, Executor io) {
        this.store = store;
        this.io = io;
    }

    /**
     * One more.
     *
     * @throws IllegalArgumentException when the target cannot be reached or asked by the transport as its capability
     *     needs it, or the lease is too short for an attempt to it
     */
    void add(Target target, Lane.Shared shared, Relay.Settings settings) {
        String name = target.name();
        Transport transport = shared.transport();
        if (!transport.targets().contains(name)) {
            throw new IllegalArgumentException(
                    "target " + name + " is not known to the transport, which knows " + transport.targets());
        }
        if (transport.longest(name).compareTo(settings.lease()) >= 0) {
            throw new IllegalArgumentException("target " + name + ": its longest attempt (" + transport.longest(name)
                    + ") must be shorter than the relay's lease (" + settings.lease() + ")");
        }
        if (!transport.steps(name).containsAll(target.capability().steps())) {
            throw new IllegalArgumentException("target " + name + ": its capability " + target.capability()
                    + " needs a transport that can ask it to "
                    + target.capability().steps() + ", but it can only "
                    + transport.steps(name) + "; give it the protocol for that, or another capability");
        }
        lanes.put(name, new Lane(target, shared, settings.inMemory(), open -> tellNodes(name, open)));
    }

    /** What a breaker learnt is for all nodes; who is not told learns it by itself. */
    private void tellNodes(String target, Duration open) {
        io.execute(() -> {
            try {
                store.holdOff(target, open);
            } catch (RuntimeException e) {
                log.warn(
                        "ND-0111 other nodes could not be told of the breaker of target {}: {}",
                        target,
                        e.getMessage());
            }
        });
    }

    @Nullable
    Lane find(String target) {
        return lanes.get(target);
    }

    /** @throws IllegalArgumentException when there is no such target */
    Lane require(String target) {
        Lane lane = lanes.get(target);
        if (lane == null) {
            throw new IllegalArgumentException(
                    "target " + target + " is not configured, known are " + lanes.keySet() + "; configure it first");
        }
        return lane;
    }

    Collection<Lane> all() {
        return List.copyOf(lanes.values());
    }

    boolean areQuiet() {
        return lanes.values().stream().allMatch(Lane::isQuiet);
    }

    Set<IdempotencyKey> underWay() {
        Set<IdempotencyKey> keys = new HashSet<>();
        lanes.values().forEach(lane -> keys.addAll(lane.underWay()));
        return keys;
    }
}
