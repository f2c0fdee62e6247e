package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a simulated node learnt and has not written yet: the newest word on each call. */
final class Unwritten {

    private final List<Settlement> settlements = new ArrayList<>();
    private final Map<IdempotencyKey, Deferral> deferrals = new LinkedHashMap<>();

    /** What was written, and the keys whose rows were still held by who wrote. */
    record Written(List<Settlement> settlements, List<Deferral> deferrals, Set<IdempotencyKey> stillHeld) {}

    void settle(OpenCall call, long holder, Outcome outcome, int attempts) {
        supersede(call.key(), holder);
        settlements.add(new Settlement(call.key(), holder, outcome, attempts));
    }

    void defer(OpenCall call, long holder) {
        if (supersede(call.key(), holder)) {
            deferrals.put(call.key(), new Deferral(call.key(), holder, call.progress()));
        }
    }

    /** What was held under an earlier incarnation has no word against what is held now. */
    private boolean supersede(IdempotencyKey key, long holder) {
        Deferral pending = deferrals.get(key);
        boolean newest = pending == null || pending.holder() <= holder;
        if (newest) {
            deferrals.remove(key);
        }
        return newest;
    }

    /** Commits that a call is being sent, in place of what is not written of it; whether its row was still held. */
    boolean begin(MemoryCallStore store, Deferral sending) {
        supersede(sending.key(), sending.holder());
        return !store.begin(List.of(sending)).isEmpty();
    }

    Written write(MemoryCallStore store) {
        List<Settlement> outcomes = List.copyOf(settlements);
        List<Deferral> progress = List.copyOf(deferrals.values());
        clear();
        Set<IdempotencyKey> held = store.write(new CallStore.Batch(outcomes, progress, List.of(), List.of(), Map.of()));
        return new Written(outcomes, progress, held);
    }

    Set<IdempotencyKey> keys() {
        Set<IdempotencyKey> keys = new HashSet<>(deferrals.keySet());
        settlements.forEach(s -> keys.add(s.key()));
        return keys;
    }

    void clear() {
        settlements.clear();
        deferrals.clear();
    }
}
