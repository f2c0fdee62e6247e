package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Who waits for the outcome of which call. Lives on the loop; what it completes is waited for elsewhere. */
final class Waits {

    private final Map<IdempotencyKey, List<CompletableFuture<String>>> waiting = new HashMap<>();

    /** Completed, with why there is nothing to wait for any more, when the call's row has changed for good. */
    void add(IdempotencyKey key, CompletableFuture<String> end) {
        waiting.computeIfAbsent(key, k -> new ArrayList<>()).add(end);
    }

    void changed(IdempotencyKey key) {
        List<CompletableFuture<String>> ends = waiting.remove(key);
        if (ends != null) {
            ends.forEach(end -> end.complete("its outcome was written"));
        }
    }

    void remove(IdempotencyKey key, CompletableFuture<String> end) {
        waiting.computeIfPresent(key, (k, ends) -> {
            ends.removeIf(other -> other == end);
            return ends.isEmpty() ? null : ends;
        });
    }
}
