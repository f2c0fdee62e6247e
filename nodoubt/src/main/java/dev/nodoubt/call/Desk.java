package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where operators see calls and act on them; an application records its own through an {@link Outbox}. Who may do what is
 * decided by who calls this. Reads take bounded time at any number of calls. Every action is audited in the transaction
 * that does it, and says in its {@link Deed} when there was nothing to do. Thread-safe; methods wait for the database.
 */
public final class Desk {

    /** The most calls of one action on many. */
    public static final int MOST_AT_ONCE = 500;

    private final DeskStore store;
    private final Relay relay;

    /**
     * A desk in a relay's process.
     *
     * @param store on the same database as the relay's
     * @param relay is woken by what is done here, and gives targets and outcome handlers
     */
    public Desk(DeskStore store, Relay relay) {
        this.store = store;
        this.relay = relay;
    }

    /** Where all calls stand, and what was settled of those recorded within the last hour. */
    public Overview overview() {
        return store.overview(Duration.ofHours(1));
    }

    public CallPage search(CallFilter filter) {
        return store.search(filter);
    }

    /** All that is kept of a call but its bytes; its attempts are {@link Outbox#attempts}. */
    public Optional<CallDetail> call(IdempotencyKey key) {
        return store.detail(key);
    }

    /**
     * What a person should look at.
     *
     * @param doubtFor how long a call has been in doubt that needs attention
     */
    public Attention attention(Duration doubtFor) {
        return store.attention(doubtFor);
    }

    /** The newest incarnations first, at most 200. */
    public List<NodeStatus> nodes() {
        return store.nodes();
    }

    public List<AuditEntry> audit(DeskStore.AuditQuery query) {
        return store.audit(query);
    }

    /** The targets of this node, as configured, and after them those that are paused and not configured here. */
    public List<TargetView> targets() {
        Map<String, TargetPause> pauses =
                store.pauses().stream().collect(Collectors.toMap(TargetPause::target, Function.identity()));
        Map<String, Instant> heldOff = relay.heldOff();
        Map<String, TargetView> views = new LinkedHashMap<>();
        relay.targets()
                .forEach(status -> views.put(
                        status.name(),
                        new TargetView(status.name(), status, pauses.get(status.name()), heldOff.get(status.name()))));
        pauses.forEach((name, pause) ->
                views.computeIfAbsent(name, other -> new TargetView(other, null, pause, heldOff.get(other))));
        return List.copyOf(views.values());
    }

    /**
     * Makes the next step of an open call due now. It is what the call's state asks for: of a waiting call an execution, of
     * one in doubt what its target offers. {@code NOT_POSSIBLE} of one that waits for an earlier call of its order, and of an
     * unresolved one whose target cannot be asked; {@code ALREADY} while a step is wanted and not taken. A paused target, an
     * open breaker and missing permits still delay it; the wish stays until the step was taken or the call has ended.
     */
    public Deed attemptNow(IdempotencyKey key, Operator by) {
        return waking(attempt(key, by));
    }

    private Deed attempt(IdempotencyKey key, Operator by) {
        boolean idle = relay.outbox()
                .find(key)
                .filter(call -> call.state() == CallState.UNRESOLVED && isKnown(call.target()))
                .filter(call -> !mayAsk(call.target()))
                .isPresent();
        return idle ? new Deed(Deed.Result.NOT_POSSIBLE, CallState.UNRESOLVED) : store.attempt(key, by);
    }

    private boolean isKnown(String target) {
        return relay.targets().stream().anyMatch(status -> status.name().equals(target));
    }

    /**
     * Makes a query the next step of a call in doubt or unresolved, due now: it changes nothing at the target. {@code
     * NOT_POSSIBLE} where the call was never sent, its outcome is known, or its target offers no query. As any other query
     * in vain it counts among the target's {@code resolutions}. The wish stays as that of {@link #attemptNow}, and makes no
     * other step due; {@code ALREADY} while a query is wanted and not made.
     */
    public Deed askNow(IdempotencyKey key, Operator by) {
        Optional<RecordedCall> call = relay.outbox().find(key);
        if (call.isPresent()
                && !call.get().state().isFinal()
                && !mayAsk(call.get().target())) {
            return new Deed(Deed.Result.NOT_POSSIBLE, call.get().state());
        }
        return waking(store.ask(key, by));
    }

    /** Whether this node can ask the target what became of a call, changing nothing. */
    public boolean mayAsk(String target) {
        return isKnown(target)
                && relay.requireLane(target).target().capability().steps().contains(Step.QUERY);
    }

    /**
     * Gives up a call that waits and of which no attempt is under way, nor begins before its holder hears of this: it
     * becomes <em>never</em>. So it is with a call that marks its starts, with one that nobody holds, and with one whose
     * holder lives, where either it is due neither within this relay's lease nor before its holder's lease ends and nobody
     * wants its next step at once, or its target has been paused for two of this relay's leases and for twice what is left
     * of its holder's. Anything else is {@code NOT_POSSIBLE}: pause its target and cancel it after two leases, or {@link
     * #giveUp} it. A fence follows only where the holder's lease runs out before it has heard of this: for all that another
     * node knows it may have sent the call. {@code ALREADY} when it is given up.
     *
     * <p>It counts on leases that are alike on all nodes: a holder whose lease is three times as long may begin an attempt
     * during a pause of which it could not hear.
     */
    public Deed cancel(IdempotencyKey key, Operator by) {
        return waking(store.cancel(key, relay.lease(), by));
    }

    /**
     * Gives a call up: one that was never possibly sent becomes <em>never</em> at once, else it is fenced where its target
     * has a fence. The outcome may still be that it was executed. {@code ALREADY} when it is given up.
     */
    public Deed giveUp(IdempotencyKey key, Operator by) {
        return waking(store.giveUp(key, by));
    }

    /**
     * Settles an unresolved call by hand and runs its outcome handler, in one transaction. {@code NOT_POSSIBLE} in another
     * open state.
     *
     * @param outcome a {@code never} must be {@link Outcome.Why#BY_HAND}
     * @param by with the evidence as its reason, which is kept with the call and may not be blank
     * @throws IllegalArgumentException when the evidence is missing, a {@code never} claims a proof, or the call's handler
     *     is not configured here
     * @throws CallStore.HandlerException when the handler threw; nothing was settled
     */
    public Deed settle(IdempotencyKey key, Outcome outcome, Operator by) {
        requireReason("settle by hand", by);
        if (outcome instanceof Outcome.Never never && never.why() != Outcome.Why.BY_HAND) {
            throw new IllegalArgumentException("settle by hand: why of a never must be BY_HAND, was " + never.why());
        }
        String handler =
                relay.outbox().find(key).map(call -> call.labels().handler()).orElse(null);
        return waking(store.settle(key, outcome, by, handler == null ? null : relay.requireHandler(handler)));
    }

    /**
     * Shows a call's request and reply.
     *
     * @return empty when there is no such call
     */
    public Optional<CallDetail.Revealed> reveal(IdempotencyKey key, Operator by) {
        return store.reveal(key, by);
    }

    /**
     * Lets no more attempts begin at a target, at any node: at this one at once, at the others with their next scan. Those
     * under way go on, and what needs no attempt is settled.
     *
     * @throws IllegalArgumentException when no such target is configured here, or the reason is missing
     */
    public Deed pause(String target, Operator by) {
        requireReason("pause", by);
        relay.requireLane(target);
        return waking(store.pause(target, by));
    }

    /**
     * Ends a target's pause at all nodes, and with it the halt after which the target waits to be mended: it is asked for
     * its protocol first. Where no operator had paused it, the halt ends at this node alone. {@code ALREADY} when there is
     * neither.
     */
    public Deed resume(String target, Operator by) {
        Deed deed = store.resume(
                target, isKnown(target) && relay.requireLane(target).isHalted(), by);
        if (deed.isDone() && isKnown(target)) {
            relay.resume(target);
        }
        return waking(deed);
    }

    /**
     * {@link #attemptNow} for each of these, one after the other.
     *
     * @param keys at most {@link #MOST_AT_ONCE}
     */
    public Map<IdempotencyKey, Deed> attemptNow(List<IdempotencyKey> keys, Operator by) {
        return each(keys, key -> attempt(key, by));
    }

    /**
     * {@link #giveUp} for each of these, one after the other.
     *
     * @param keys at most {@link #MOST_AT_ONCE}
     */
    public Map<IdempotencyKey, Deed> giveUp(List<IdempotencyKey> keys, Operator by) {
        return each(keys, key -> store.giveUp(key, by));
    }

    private Map<IdempotencyKey, Deed> each(List<IdempotencyKey> keys, Function<IdempotencyKey, Deed> action) {
        if (keys.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException("desk: at most " + MOST_AT_ONCE + " calls at once, were " + keys.size());
        }
        Map<IdempotencyKey, Deed> deeds = new LinkedHashMap<>();
        try {
            keys.forEach(key -> deeds.computeIfAbsent(key, action));
        } finally {
            relay.wake();
        }
        return deeds;
    }

    private Deed waking(Deed deed) {
        if (deed.isDone()) {
            relay.wake();
        }
        return deed;
    }

    private static void requireReason(String action, Operator by) {
        if (by.reason().isBlank()) {
            throw new IllegalArgumentException(action + ": reason must not be blank");
        }
    }

    /**
     * A target as this node sees it.
     *
     * @param name configured name
     * @param status null when it is not configured here
     * @param pause by an operator, for all nodes; null when there is none
     * @param heldOffUntil until when a node that opened its breaker wants nothing attempted; null when none does
     */
    public record TargetView(
            String name,
            @Nullable TargetStatus status,
            @Nullable TargetPause pause,
            @Nullable Instant heldOffUntil) {}
}
