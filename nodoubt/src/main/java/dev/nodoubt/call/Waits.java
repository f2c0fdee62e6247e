package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Who waits for the outcome of which call to one target. Lives on the loop; what it completes is waited for elsewhere.
 */
final class Waits {

    private final Map<IdempotencyKey, List<CompletableFuture<String>>> waiting = new HashMap<>();

    /** Completed, with why, when there is nothing to wait for any more. */
    void add(IdempotencyKey key, CompletableFuture<String> end) {
        waiting.computeIfAbsent(key, k -> new ArrayList<>()).add(end);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Nobody need wait for this call any more. */
    void end(IdempotencyKey key, String why) {
        List<CompletableFuture<String>> ends = waiting.remove(key);
        if (ends != null) {
            ends.forEach(end -> end.complete(why));
        }
    }

    /** Nobody need wait for any of these calls any more. */
    void endAll(Predicate<IdempotencyKey> which, String why) {
        List.copyOf(waiting.keySet()).stream().filter(which).forEach(key -> end(key, why));
    }

    void remove(IdempotencyKey key, CompletableFuture<String> end) {
        waiting.computeIfPresent(key, (k, ends) -> {
            ends.removeIf(other -> other == end);
            return ends.isEmpty() ? null : ends;
        });
    }
}
