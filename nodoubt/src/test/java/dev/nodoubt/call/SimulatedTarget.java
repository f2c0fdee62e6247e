package dev.nodoubt.call;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the called system of a simulated world offers. */
enum SimulatedTarget {
    GATE,
    KEY,
    KEY_AND_QUERY,
    QUERY,
    QUERY_ASSUMED,
    NET_CANCEL,
    NONE;

    /** How far the clocks of two nodes may be apart. */
    static final Duration CLOCKS_DIFFER = Duration.ofMillis(400);

    private static final Duration RETENTION = Duration.ofSeconds(40);
    private static final Duration PROCESSING = Duration.ofSeconds(12);
    private static final Map<SimulatedTarget, Target> TARGETS = Arrays.stream(values())
            .collect(Collectors.toMap(kind -> kind, kind -> Target.of("mail").withCapability(kind.offered())));

    private Capability offered() {
        return switch (this) {
            case GATE -> new Capability.Gate();
            case KEY -> new Capability.Key(RETENTION, null);
            case KEY_AND_QUERY -> new Capability.Key(RETENTION, new Capability.Query(PROCESSING, false));
            case QUERY -> new Capability.Query(PROCESSING, false);
            case QUERY_ASSUMED -> new Capability.Query(PROCESSING, true);
            case NET_CANCEL -> new Capability.NetCancel(Duration.ofSeconds(3), Duration.ofSeconds(45));
            case NONE -> new Capability.None();
        };
    }

    Target target() {
        return Objects.requireNonNull(TARGETS.get(this));
    }

    Capability capability() {
        return target().capability();
    }

    /** Whether who asks late enough learns what happened. */
    boolean tellsWhoAsks() {
        return this == KEY_AND_QUERY || this == QUERY || this == QUERY_ASSUMED;
    }

    /** How calls can end here. */
    Set<String> ends() {
        String why = switch (this) {
            case GATE -> "never, FENCED";
            case NET_CANCEL -> "never, CANCELLED";
            case QUERY_ASSUMED -> "never, ASSUMED";
            default -> "unresolved";
        };
        Set<String> ends = new TreeSet<>(Set.of("executed", "rejected", "never, NEVER_SENT", why));
        if (this == NET_CANCEL) {
            ends.add("unresolved");
        }
        return ends;
    }

    boolean remembersKeys() {
        return capability() instanceof Capability.Key;
    }

    /**
     * How long after the beginning of its attempt a request may still have its effect: the network must deliver it within
     * the fifth of the retention that the caller leaves, and who documents a processing time keeps it. Elsewhere it may
     * come out of the network at any time.
     */
    boolean isTooOld(Duration age) {
        return switch (this) {
            case KEY, KEY_AND_QUERY -> age.compareTo(RETENTION.dividedBy(5).minus(CLOCKS_DIFFER)) >= 0;
            case QUERY_ASSUMED -> age.compareTo(PROCESSING.minus(CLOCKS_DIFFER)) >= 0;
            default -> false;
        };
    }

    boolean hasForgotten(Duration age) {
        return age.compareTo(RETENTION) >= 0;
    }
}
