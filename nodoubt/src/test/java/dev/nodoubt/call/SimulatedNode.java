package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One node of the caller: calls in memory, attempts under way and results that are not written yet, over the shared
 * store. Its clock is a little ahead of the store's. Where the protocol can bear it, it sends without asking whether its
 * lease still stands, as one does that was stopped between check and send.
 */
final class SimulatedNode {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Set<String> TARGETS = Set.of("mail");

    private final History world;
    private final int number;
    private final SimulatedAttempts attempts;
    private final List<HandOver> handOvers = new ArrayList<>();
    private Life life = Life.UP;
    private long incarnation;
    private Instant leaseUntil = Instant.MIN;
    private Duration ahead = Duration.ZERO;
    private long scans;

    private enum Life {
        UP,
        STOPPED,
        DOWN
    }

    private record HandOver(OpenCall call, long holder, long scans) {}

    SimulatedNode(History world, int number) {
        this.world = world;
        this.number = number;
        this.attempts = new SimulatedAttempts(world, this);
        join();
    }

    private void join() {
        incarnation = world.store.join("node " + number, LEASE).incarnation();
        leaseUntil = world.now().plus(LEASE);
        ahead = Duration.ofMillis(world.random.nextLong(SimulatedTarget.CLOCKS_DIFFER.toMillis()));
        world.say(() -> "node " + number + " is incarnation " + incarnation);
    }

    int number() {
        return number;
    }

    long incarnation() {
        return incarnation;
    }

    Instant now() {
        return world.now().plus(ahead);
    }

    boolean hasLease() {
        return world.now().isBefore(leaseUntil);
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
            switch (world.random.nextInt(8)) {
                case 0 -> scan();
                case 1 -> takeHandOver();
                case 2 -> attempts.write();
                case 3 -> attempts.timeOut();
                case 4 -> attempts.begun();
                default -> attempts.attempt();
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
            attempts.makeAll();
        }
    }

    private void scan() {
        leaseUntil = world.now().plus(LEASE);
        if (world.store.renew(incarnation, LEASE).isEmpty()) {
            attempts.holdNothing();
            join();
        }
        world.store.takeOver(incarnation, new CallStore.Known(TARGETS, Set.of(), Set.of()), 10);
        for (OpenCall call : world.store.due(
                incarnation, new CallStore.Wish("mail", attempts.heldKeys(), CallStore.Wanted.ALL, null, 10))) {
            world.say(() -> "node " + number + " finds " + call.key() + " " + call.progress());
            attempts.hold(call);
        }
        for (IdempotencyKey key : world.store.cancelled(incarnation)) {
            attempts.cancel(key);
        }
        scans++;
    }

    private void takeHandOver() {
        if (!handOvers.isEmpty()) {
            HandOver h = handOvers.remove(0);
            boolean unseen = h.scans == scans || !world.protocol.handsOverOnlyTheUnseen();
            if (unseen && h.holder == incarnation && !attempts.heldKeys().contains(h.call.key())) {
                world.say(() -> "node " + number + " is handed " + h.call.key());
                attempts.hold(h.call);
            }
        }
    }

    /** False when this node is stopped, so that the answer is still on its way. */
    boolean answered(Message message, AttemptResult result) {
        if (life == Life.STOPPED) {
            return false;
        }
        attempts.answered(message, result);
        return true;
    }

    /** Attempts to which no answer can come any more. */
    void timeOutAll() {
        if (life == Life.UP) {
            attempts.timeOutAll();
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
                attempts.write();
            }
            Set<IdempotencyKey> underWay = attempts.underWay();
            world.say(() -> "node " + number + " leaves in order, under way " + underWay);
            world.store.leave(incarnation, underWay);
            down();
        }
    }

    private void down() {
        life = Life.DOWN;
        attempts.clear();
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
