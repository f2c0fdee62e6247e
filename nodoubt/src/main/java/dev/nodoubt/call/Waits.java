package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for the outcome of which call to one target, and why there is no more waiting. Lives on the loop; what it
 * completes, with the reason, is waited for elsewhere.
 */
final class Waits {

    private static final String CLOSED = "the relay is closed";

    private final Target target;
    private final Node node;
    private final HeldCalls calls;
    private final Door door;
    private final Protection protection;
    private final Map<IdempotencyKey, List<CompletableFuture<String>>> waiting = new HashMap<>();

    /** Those that are being looked for. */
    private final Set<IdempotencyKey> announced = new HashSet<>();

    private boolean closing;

    Waits(Target target, Node node, HeldCalls calls, Door door, Protection protection) {
        this.target = target;
        this.node = node;
        this.calls = calls;
        this.door = door;
        this.protection = protection;
    }

    /**
     * Ends this wait when the call's outcome is written, or it is unresolved, or as soon as it is not attempted for a
     * while: that may be at once.
     */
    void add(IdempotencyKey key, CompletableFuture<String> end) {
        String why = hopeless(key);
        if (why != null) {
            end.complete(why);
        } else {
            waiting.computeIfAbsent(key, k -> new ArrayList<>()).add(end);
        }
    }

    /** A call may come to be held: who waits for it waits until that is known. */
    void announce(IdempotencyKey key) {
        announced.add(key);
    }

    void endAnnouncement(IdempotencyKey key) {
        announced.remove(key);
        String why = waiting.containsKey(key) ? hopeless(key) : null;
        if (why != null) {
            end(key, why);
        }
    }

    /** Why nobody need begin to wait for this call; null when somebody may. */
    private @Nullable String hopeless(IdempotencyKey key) {
        Held h = calls.find(key, node.incarnation());
        if (h == null) {
            return announced.contains(key) ? null : "this node does not hold it";
        }
        return calls.isUnderWay(key) ? null : obstacle(h.call().progress());
    }

    /** Why no attempt at this call begins now, or none that brings its outcome; null when one would. */
    private @Nullable String obstacle(Progress progress) {
        String pause = pause();
        if (pause != null) {
            return pause;
        }
        return progress.state() == CallState.UNRESOLVED
                ? "it is unresolved: " + progress.last()
                : protection.missingPermit();
    }

    /** Why no attempt at any call begins for a while; null when one may. */
    private @Nullable String pause() {
        if (closing) {
            return CLOSED;
        }
        return door.problem() != null
                ? "target " + target.name() + " is paused: " + door.problem()
                : protection.pause(node.now());
    }

    boolean isAwaited(IdempotencyKey key) {
        return waiting.containsKey(key);
    }

    /** Nobody need wait for this call any more. */
    void end(IdempotencyKey key, String why) {
        List<CompletableFuture<String>> ends = waiting.remove(key);
        if (ends != null) {
            ends.forEach(end -> end.complete(why));
        }
    }

    private void endAll(Predicate<IdempotencyKey> which, String why) {
        List.copyOf(waiting.keySet()).stream().filter(which).forEach(key -> end(key, why));
    }

    /** While nothing is attempted, only who waits for an attempt that is under way goes on waiting. */
    void endWhilePaused() {
        String pause = waiting.isEmpty() ? null : pause();
        if (pause != null) {
            endAll(key -> !calls.isUnderWay(key), pause);
        }
    }

    /** No call is held any more. */
    void lapse() {
        endAll(key -> true, "another node ended this one's lease");
    }

    /** No more attempts begin. */
    void closing() {
        closing = true;
        endWhilePaused();
    }

    /** No attempt is under way any more whose result would be taken. */
    void closed() {
        endAll(key -> true, CLOSED);
    }

    @SuppressWarnings("ReferenceEquality") // that very wait: futures have no equality of their own
    void remove(IdempotencyKey key, CompletableFuture<String> end) {
        waiting.computeIfPresent(key, (k, ends) -> {
            ends.removeIf(other -> other == end);
            return ends.isEmpty() ? null : ends;
        });
    }
}
