package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One history of a simulated world: one to three calls, three nodes of a caller, a receiver, and between them a network
 * that loses, doubles, reorders and delays. After a while the world heals; old requests may still come out of the
 * network when every call is settled or parked. The seed decides everything. A request that must not be repeated is not
 * doubled by the network: nobody could do anything about that, and TCP does not do it.
 */
final class History {

    private static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");
    private static final Request REQUEST = new Request("mail", "POST", "/api/notifications", Payload.EMPTY);
    private static final int ROUNDS_TO_SETTLE = 80;

    final SplittableRandom random;
    final Protocol protocol;
    final MemoryCallStore store;

    private final List<Message> network = new ArrayList<>();
    private final List<IdempotencyKey> keys = new ArrayList<>();
    private final List<IdempotencyKey> rolledBack = new ArrayList<>();
    private final SimulatedReceiver receiver;
    private final List<SimulatedNode> nodes;
    private final @Nullable List<String> trace;
    private Instant now = BEGIN;
    private boolean healed;
    private int attempts;

    private History(long seed, Protocol protocol, @Nullable List<String> trace) {
        this.random = new SplittableRandom(seed);
        this.protocol = protocol;
        this.trace = trace;
        this.store = new MemoryCallStore(this::now) {
            @Override
            boolean deadMayHaveSent() {
                return protocol.deadMayHaveSent();
            }

            @Override
            boolean mayWrite(long writer, long holder) {
                return writer == holder || !protocol.comparesHolders();
            }
        };
        this.receiver = protocol.target() == SimulatedTarget.GATE
                ? new SimulatedGate(this)
                : new SimulatedForeign(this, protocol.target());
        this.nodes = List.of(new SimulatedNode(this, 0), new SimulatedNode(this, 1), new SimulatedNode(this, 2));
    }

    /**
     * How a history ended.
     *
     * @param wrong what is wrong with it; null when every promise held
     * @param ends of the committed calls, in words
     */
    record Ending(@Nullable String wrong, List<String> ends) {}

    static Ending run(long seed, Protocol protocol) {
        return new History(seed, protocol, null).run();
    }

    /** What happened in this history, line by line. */
    static String trace(long seed, Protocol protocol) {
        List<String> lines = new ArrayList<>();
        String wrong = new History(seed, protocol, lines).run().wrong();
        return "seed " + seed + " under " + protocol + ": " + (wrong == null ? "every promise held" : wrong) + "\n"
                + String.join("\n", lines);
    }

    private Ending run() {
        int calls = 1 + random.nextInt(3);
        int steps = 30 + random.nextInt(60);
        for (int i = 0; i < steps; i++) {
            pass(Duration.ofMillis(oneIn(60) ? random.nextInt(40_000) : random.nextInt(1_500)));
            if (keys.size() < calls && (i == 0 || oneIn(8))) {
                newCall();
            } else {
                stepOrFault(random.nextInt(100));
            }
        }
        List<Message> late = heal();
        for (int round = 0; unended() > 0 && round < ROUNDS_TO_SETTLE; round++) {
            calmRound();
        }
        long open = unended();
        network.addAll(late);
        nodes.forEach(SimulatedNode::wake);
        while (!network.isEmpty() || !receiver.isIdle()) {
            calmRound();
        }
        for (int round = 0; round < 3 && store.open() > 0; round++) {
            pass(CallMachine.UNRESOLVED_PACE);
            calmRound();
        }
        Ledger ledger = new Ledger(store, receiver, protocol.target());
        String wrong = open > 0
                ? open + " calls were still open " + ROUNDS_TO_SETTLE + " rounds after the world healed"
                : ledger.wrong(keys, rolledBack);
        return new Ending(wrong, ledger.ends(keys));
    }

    /** Calls that are neither settled nor, where nobody can know, parked. */
    private long unended() {
        if (store.open() == 0 || protocol.target() == SimulatedTarget.GATE) {
            return store.open();
        }
        return keys.stream()
                .flatMap(key -> store.find(key).stream())
                .filter(call -> !call.state().isFinal() && call.state() != CallState.UNRESOLVED)
                .count();
    }

    private void newCall() {
        IdempotencyKey key = IdempotencyKey.of(new UUID(random.nextLong(), random.nextLong()));
        Duration deadline = Duration.ofSeconds(oneIn(3) ? 3600 : 2 + random.nextInt(40));
        boolean commits = !oneIn(10);
        keys.add(key);
        if (!commits) {
            rolledBack.add(key);
        }
        OpenCall call = new OpenCall(
                key,
                REQUEST,
                new Terms(Call.Labels.NONE, null, protocol.target().capability().atMostOnce()),
                Progress.born(now, now.plus(deadline)),
                null);
        try {
            anyNode().record(call, deadline, commits);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void stepOrFault(int choice) {
        if (choice < 44) {
            anyNode().act();
        } else if (choice < 76) {
            network();
        } else if (choice < 90) {
            receiver.act();
        } else if (choice < 93) {
            cancel();
        } else if (choice < 95) {
            anyNode().crash();
        } else if (choice < 97) {
            anyNode().stop();
        } else if (choice < 98) {
            anyNode().leave();
        } else {
            receiver.crash();
        }
    }

    private void cancel() {
        if (!keys.isEmpty()) {
            IdempotencyKey key = keys.get(random.nextInt(keys.size()));
            say(() -> "somebody cancels " + key);
            store.cancel(key);
        }
    }

    private void network() {
        if (!network.isEmpty()) {
            int index = random.nextInt(network.size());
            int fate = random.nextInt(10);
            boolean doubled = fate == 0 && mayBeDoubled(network.get(index));
            Message message = doubled ? network.get(index) : network.remove(index);
            if (fate == 1) {
                say(() -> "lost: " + message);
            } else {
                deliver(message);
            }
        }
    }

    private boolean mayBeDoubled(Message message) {
        boolean once = protocol.target().capability().atMostOnce();
        return !(once && message.step() == Step.EXECUTE && message.answer() == null);
    }

    private void deliver(Message message) {
        AttemptResult answer = message.answer();
        say(() -> "delivered: " + message);
        if (answer == null) {
            receiver.arrived(message);
        } else if (!nodes.get(message.node()).answered(message, answer)) {
            network.add(message);
        }
    }

    /** No more faults; some requests stay in the network until all is settled. */
    private List<Message> heal() {
        say(() -> "-- healed");
        healed = true;
        List<Message> late = new ArrayList<>();
        for (Message message : List.copyOf(network)) {
            if (message.answer() == null && random.nextBoolean()) {
                late.add(message);
                network.remove(message);
            }
        }
        nodes.get(0).wake();
        nodes.stream().skip(1).filter(node -> random.nextBoolean()).forEach(SimulatedNode::wake);
        return late;
    }

    private void calmRound() {
        pass(Duration.ofSeconds(2));
        nodes.forEach(SimulatedNode::actFully);
        List<Message> arriving = new ArrayList<>(network);
        network.clear();
        Collections.shuffle(arriving, new java.util.Random(random.nextLong()));
        arriving.forEach(this::deliver);
        for (int i = 0; i < 20 && !receiver.isIdle(); i++) {
            receiver.act();
        }
        List<Message> answers = new ArrayList<>(network);
        network.clear();
        answers.forEach(this::deliver);
        if (receiver.isIdle()) {
            nodes.forEach(SimulatedNode::timeOutAll);
        }
        nodes.forEach(SimulatedNode::actFully);
    }

    // -- what nodes and receiver need of their world

    Instant now() {
        return now;
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    boolean isHealed() {
        return healed;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private SimulatedNode anyNode() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    int nextAttempt() {
        return ++attempts;
    }

    void send(Message message) {
        say(() -> "sent: " + message);
        network.add(message);
    }

    void say(Supplier<String> line) {
        if (trace != null) {
            trace.add(Duration.between(BEGIN, now).toMillis() + " ms  " + line.get());
        }
    }
}
