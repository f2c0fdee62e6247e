package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the store says of each call at the end of a history, against what the receiver really did. */
record Ledger(MemoryCallStore store, SimulatedReceiver receiver, SimulatedTarget target) {

    /** The first untruth; null when there is none. */
    @Nullable
    String wrong(Collection<IdempotencyKey> keys, Collection<IdempotencyKey> rolledBack) {
        if (store.settledTwice() > 0) {
            return "a call was settled twice";
        }
        return keys.stream()
                .map(key -> wrong(key, rolledBack.contains(key)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String wrong(IdempotencyKey key, boolean wasRolledBack) {
        int performed = receiver.performed(key);
        if (performed > 1) {
            return "call " + key + " had " + performed + " effects";
        }
        RecordedCall call = store.find(key).orElse(null);
        if (call == null) {
            return performed == 0 ? null : "call " + key + " was never committed and had an effect";
        }
        if (wasRolledBack) {
            return "call " + key + " was rolled back and exists";
        }
        boolean happened = performed > receiver.undone(key);
        RecordedCall.Settled settled = call.settled();
        if (settled == null) {
            return wrongOpen(call, happened);
        }
        return settled.outcome() instanceof Outcome.Executed == happened
                ? null
                : "call " + key + " was settled as " + settled.outcome() + " and "
                        + (happened ? "happened" : "did not happen");
    }

    /** Nobody can know: that is said with a reason, and not where the receiver tells who asks. */
    private @Nullable String wrongOpen(RecordedCall call, boolean happened) {
        if (call.state() != CallState.UNRESOLVED || call.standing().last().isBlank()) {
            return "call " + call.key() + " ended as " + call.state().word() + " (last: "
                    + call.standing().last() + ")";
        }
        return happened && target.tellsWhoAsks()
                ? "call " + call.key() + " happened, and asking did not find it"
                : null;
    }

    List<String> ends(Collection<IdempotencyKey> keys) {
        return keys.stream()
                .flatMap(key -> store.find(key).stream())
                .map(Ledger::end)
                .toList();
    }

    private static String end(RecordedCall call) {
        RecordedCall.Settled settled = call.settled();
        return settled == null ? call.state().word() : end(settled.outcome());
    }

    private static String end(Outcome outcome) {
        return outcome instanceof Outcome.Never never
                ? "never, " + never.why()
                : MemoryRow.state(outcome).word();
    }
}
