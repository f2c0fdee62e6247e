package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.AttemptResult.Lost;
import dev.nodoubt.AttemptResult.NotSent;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome.Why;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One node of the caller: calls in memory, attempts under way and results that are not written yet, over the shared
 * store. It sends without asking whether its lease still stands, as one does that was stopped between check and send.
 */
final class SimulatedNode {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Set<String> TARGETS = Set.of("mail");

    private final History world;
    private final int number;
    private final Map<IdempotencyKey, Held> held = new LinkedHashMap<>();
    private final Map<Integer, Flight> flights = new LinkedHashMap<>();
    private final List<Settlement> settlements = new ArrayList<>();
    private final Map<IdempotencyKey, Deferral> deferrals = new LinkedHashMap<>();
    private final List<HandOver> handOvers = new ArrayList<>();
    private Life life = Life.UP;
    private long incarnation;
    private long scans;

    private enum Life {
        UP,
        STOPPED,
        DOWN
    }

    private static final class Held {
        private OpenCall call;
        private final long holder;
        private boolean isBusy;

        Held(OpenCall call, long holder) {
            this.call = call;
            this.holder = holder;
        }

        boolean isReady(Instant now) {
            Progress p = call.progress();
            return !isBusy && (!p.dueAt().isAfter(now) || (p.state() == CallState.WAITING && p.givesUp(now)));
        }
    }

    private record Flight(Held held, Step step) {}

    private record HandOver(OpenCall call, long holder, long scans) {}

    SimulatedNode(History world, int number) {
        this.world = world;
        this.number = number;
        join();
    }

    private void join() {
        incarnation = world.store.join("node " + number, LEASE).incarnation();
        world.say(() -> "node " + number + " is incarnation " + incarnation);
    }

    /** A business transaction of this node. */
    void record(OpenCall call, Duration deadline, boolean commits) throws SQLException {
        if (life != Life.UP) {
            return;
        }
        world.say(() -> "node " + number + (commits ? " records " : " rolls back ") + call.key());
        HandOver handOver = new HandOver(call, incarnation, scans);
        try (Connection transaction = MemoryTransaction.begin()) {
            world.store.record(transaction, call, new Call.Timing(deadline, Duration.ZERO, null), incarnation);
            if (commits) {
                transaction.commit();
                handOvers.add(handOver);
            }
        }
    }

    // -- what a node does of itself

    /** One random step. */
    void act() {
        if (life == Life.UP) {
            switch (world.random.nextInt(7)) {
                case 0 -> scan();
                case 1 -> takeHandOver();
                case 2 -> write();
                case 3 -> timeOut();
                default -> attempt();
            }
        } else if (world.oneIn(6)) {
            wake();
        }
    }

    /** Everything that can be done now. */
    void actFully() {
        if (life == Life.UP) {
            while (!handOvers.isEmpty()) {
                takeHandOver();
            }
            scan();
            int calls = held.size();
            for (int i = 0; i < calls; i++) {
                attempt();
            }
            write();
        }
    }

    private void scan() {
        if (world.store.renew(incarnation, LEASE).isEmpty()) {
            held.clear();
            join();
        }
        world.store.takeOver(incarnation, new CallStore.Known(TARGETS, Set.of(), Set.of()), 10);
        for (OpenCall call : world.store.due(incarnation, new CallStore.Wish("mail", held.keySet(), true, 10))) {
            world.say(() -> "node " + number + " finds " + call.key() + " " + call.progress());
            held.put(call.key(), new Held(call, incarnation));
        }
        for (IdempotencyKey key : world.store.cancelled(incarnation)) {
            Held h = held.get(key);
            if (h != null) {
                h.call = h.call.with(h.call.progress().givingUp(Progress.GivingUp.CANCELLED, world.now()));
            }
        }
        scans++;
    }

    private void takeHandOver() {
        if (!handOvers.isEmpty()) {
            HandOver h = handOvers.remove(0);
            boolean unseen = h.scans == scans || !world.protocol.handsOverOnlyTheUnseen();
            if (unseen && h.holder == incarnation && !held.containsKey(h.call.key())) {
                world.say(() -> "node " + number + " is handed " + h.call.key());
                held.put(h.call.key(), new Held(h.call, incarnation));
            }
        }
    }

    private void attempt() {
        List<Held> ready =
                held.values().stream().filter(h -> h.isReady(world.now())).toList();
        if (ready.isEmpty()) {
            return;
        }
        Held h = ready.get(world.random.nextInt(ready.size()));
        Progress progress = h.call.progress();
        Step step = world.protocol.next(progress, world.now());
        h.isBusy = true;
        if (step == Step.SETTLE_NEVER) {
            settle(h, new Decision.Settle(CallMachine.never(progress, Why.NEVER_SENT)), progress.attempts());
        } else if (!world.isHealed() && world.oneIn(8)) {
            learn(h, step, new NotSent("connection refused"));
        } else {
            int attempt = world.nextAttempt();
            flights.put(attempt, new Flight(h, step));
            world.send(new Message(number, attempt, step, h.call.key(), null));
        }
    }

    /** False when this node is stopped, so that the answer is still on its way. */
    boolean answered(Message message, AttemptResult result) {
        if (life == Life.STOPPED) {
            return false;
        }
        Flight flight = flights.remove(message.attempt());
        if (flight != null) {
            learn(flight.held, flight.step, result);
        }
        return true;
    }

    private void timeOut() {
        if (!flights.isEmpty()) {
            Integer oldest = flights.keySet().iterator().next();
            Flight flight = flights.get(oldest);
            flights.remove(oldest);
            if (flight != null) {
                learn(flight.held, flight.step, new Lost("no answer"));
            }
        }
    }

    /** Attempts to which no answer can come any more. */
    void timeOutAll() {
        while (life == Life.UP && !flights.isEmpty()) {
            timeOut();
        }
    }

    private void learn(Held h, Step step, AttemptResult result) {
        Decision decision = world.protocol.after(h.call, step, result, world.now());
        world.say(() ->
                "node " + number + " learns of " + h.call.key() + " from " + step + ": " + result + " → " + decision);
        if (decision instanceof Decision.Settle settle) {
            settle(h, settle, h.call.progress().attempts() + 1);
        } else if (decision instanceof Decision.Keep keep) {
            h.call = h.call.with(keep.progress());
            h.isBusy = false;
            deferrals.put(h.call.key(), new Deferral(h.call.key(), h.holder, keep.progress()));
        }
    }

    private void settle(Held h, Decision.Settle settle, int attempts) {
        deferrals.remove(h.call.key());
        settlements.add(new Settlement(h.call.key(), h.holder, settle.outcome(), attempts));
    }

    private void write() {
        List<Settlement> outcomes = List.copyOf(settlements);
        List<Deferral> progress = List.copyOf(deferrals.values());
        settlements.clear();
        deferrals.clear();
        Set<IdempotencyKey> stillHeld =
                world.store.write(new CallStore.Batch(outcomes, progress, List.of(), List.of(), Map.of()));
        outcomes.forEach(s -> forget(s.key(), s.holder()));
        for (Deferral d : progress) {
            Held h = held.get(d.key());
            if (!stillHeld.contains(d.key()) || (h != null && !h.isBusy && world.oneIn(3))) {
                forget(d.key(), d.holder());
            }
        }
        if (!outcomes.isEmpty()) {
            world.say(() -> "node " + number + " writes " + outcomes + ", still held: " + stillHeld);
        }
    }

    private void forget(IdempotencyKey key, long holder) {
        Held h = held.get(key);
        if (h != null && h.holder == holder) {
            held.remove(key);
        }
    }

    // -- what befalls a node

    void crash() {
        if (life != Life.DOWN) {
            world.say(() -> "node " + number + " crashes");
            down();
        }
    }

    /** It goes on later as if nothing had been. */
    void stop() {
        if (life == Life.UP) {
            world.say(() -> "node " + number + " stops");
            life = Life.STOPPED;
        }
    }

    void leave() {
        if (life == Life.UP) {
            if (world.random.nextBoolean()) {
                write();
            }
            Set<IdempotencyKey> underWay = new HashSet<>(deferrals.keySet());
            settlements.forEach(s -> underWay.add(s.key()));
            flights.values().forEach(f -> underWay.add(f.held.call.key()));
            world.say(() -> "node " + number + " leaves in order, under way " + underWay);
            world.store.leave(incarnation, underWay);
            down();
        }
    }

    private void down() {
        life = Life.DOWN;
        held.clear();
        flights.clear();
        settlements.clear();
        deferrals.clear();
        handOvers.clear();
    }

    void wake() {
        if (life == Life.DOWN) {
            join();
        } else if (life == Life.STOPPED) {
            world.say(() -> "node " + number + " goes on");
        }
        life = Life.UP;
    }
}
