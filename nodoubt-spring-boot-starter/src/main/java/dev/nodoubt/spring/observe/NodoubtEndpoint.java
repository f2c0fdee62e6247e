package dev.nodoubt.spring.observe;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.AttemptRecord;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.RelayStatus;
import dev.nodoubt.call.TargetStatus;
import dev.nodoubt.jdbc.CallCensus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** What an operator asks first: how the targets are, what is open, what became of one call. Reads only; no payloads. */
@Endpoint(id = "nodoubt")
final class NodoubtEndpoint {

    private final Relay relay;
    private final CallStore store;
    private final CallCensus census;

    NodoubtEndpoint(Relay relay, CallStore store, CallCensus census) {
        this.relay = relay;
        this.store = store;
        this.census = census;
    }

    /** The whole: this node, its targets, and the open calls of all nodes. */
    record Overview(RelayStatus node, List<TargetStatus> targets, Map<String, Long> open, Duration oldestDoubt) {}

    /** One call, without its bytes, and without its key, which is a secret. */
    record OneCall(
            String digest,
            String target,
            String operation,
            String state,
            Instant recordedAt,
            Standing standing,
            List<OneAttempt> attempts) {}

    /**
     * Where a call stands.
     *
     * @param nextAt null when it is settled
     * @param settledAt null when it is not
     */
    record Standing(
            int attempts,
            String last,
            @Nullable Instant nextAt,
            @Nullable Instant settledAt) {}

    /** One attempt of those that are kept: those that tell something. */
    record OneAttempt(int number, String step, Instant begunAt, Duration took, String result, String reason) {}

    @ReadOperation
    public Overview overview() {
        CallCensus.Count count = census.take();
        Map<String, Long> open = new TreeMap<>();
        count.open().forEach((state, calls) -> open.put(state.word(), calls));
        return new Overview(relay.node(), relay.targets(), open, count.oldestDoubt());
    }

    /** Null, which is a 404, when there is no such call. */
    @ReadOperation
    public @Nullable OneCall call(@Selector String key) {
        IdempotencyKey id;
        try {
            id = IdempotencyKey.of(key);
        } catch (IllegalArgumentException e) {
            return null;
        }
        return store.find(id).map(this::shown).orElse(null);
    }

    private OneCall shown(RecordedCall call) {
        RecordedCall.Settled settled = call.settled();
        Standing standing = new Standing(
                call.standing().attempts(),
                call.standing().last(),
                call.standing().nextAt(),
                settled == null ? null : settled.at());
        List<OneAttempt> attempts =
                store.attempts(call.key()).stream().map(NodoubtEndpoint::shown).toList();
        return new OneCall(
                call.key().digest(),
                call.target(),
                call.operation(),
                call.state().word(),
                call.standing().recordedAt(),
                standing,
                attempts);
    }

    private static OneAttempt shown(AttemptRecord attempt) {
        return new OneAttempt(
                attempt.number(),
                Words.of(attempt.step()),
                attempt.begunAt(),
                attempt.took(),
                attempt.learnt().classification(),
                attempt.learnt().reason());
    }
}
