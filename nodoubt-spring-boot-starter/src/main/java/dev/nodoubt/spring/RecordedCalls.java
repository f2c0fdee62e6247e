package dev.nodoubt.spring;

import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.Relay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Of a test: the calls that the application recorded, and the hand that lets them be delivered. */
public final class RecordedCalls {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration SCAN = Duration.ofMillis(50);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MOST = 1_000;

    private final Outbox outbox;
    private final Function<Relay.Settings, Relay> relays;
    private final Relay.Settings settings;

    RecordedCalls(Outbox outbox, Function<Relay.Settings, Relay> relays, Relay.Settings settings) {
        this.outbox = outbox;
        this.relays = relays;
        this.settings = new Relay.Settings(
                settings.node(), settings.lease(), SCAN, settings.inMemory(), settings.batch(), settings.retention());
    }

    /** Calls to this target, newest first, at most 1,000. */
    public List<RecordedCall> to(String target) {
        return outbox.search(CallQuery.NEWEST.limit(MOST).to(target));
    }

    /**
     * Lets a relay attempt each call that is due, and returns when it has ended: outcomes are settled and their handlers
     * were called.
     *
     * @throws IllegalStateException when a call was not attempted within 10 s
     */
    public void deliver() {
        Instant now = Instant.now();
        List<RecordedCall> due = outbox
                .search(CallQuery.NEWEST.limit(MOST).in(CallState.WAITING, CallState.IN_DOUBT, CallState.HANDLING))
                .stream()
                .filter(call -> call.standing().nextAt() != null
                        && !call.standing().nextAt().isAfter(now))
                .toList();
        if (due.isEmpty()) {
            return;
        }
        try (Relay relay = relays.apply(settings)) {
            relay.start();
            long end = System.nanoTime() + LIMIT.toNanos();
            for (RecordedCall call : due) {
                while (!isAttempted(call)) {
                    if (System.nanoTime() > end) {
                        throw new IllegalStateException(
                                "call " + call.key() + " to " + call.target() + " was not attempted within " + LIMIT);
                    }
                    LockSupport.parkNanos(PAUSE);
                }
            }
        }
    }

    private boolean isAttempted(RecordedCall before) {
        return outbox.find(before.key())
                .map(after -> after.state().isFinal() || !after.standing().equals(before.standing()))
                .orElse(true);
    }
}
