package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RelayRestartTest {

    @Test
    void a_relay_that_was_closed_starts_again_and_delivers_what_was_recorded_meanwhile() throws SQLException {
        MemoryCallStore store = new MemoryCallStore(Instant::now);
        Relay.Settings d = Relay.Settings.DEFAULT;
        Relay.Settings quick =
                new Relay.Settings("node", Duration.ofSeconds(5), Duration.ofMillis(10), 10, 10, d.retention());
        Relay relay = new Relay(store, new ScriptedTransport(new ManualLoop()), List.of(Target.of("mail")), quick);
        try {
            relay.start();
            IdempotencyKey before = send(relay);
            awaitExecuted(store, before);
            long first = relay.node().incarnation();

            relay.close();
            assertThat(relay.holder()).isEqualTo(CallStore.NOBODY);
            IdempotencyKey meanwhile = send(relay);
            assertThat(store.find(meanwhile).orElseThrow().state()).isEqualTo(CallState.WAITING);
            relay.start();

            awaitExecuted(store, meanwhile);
            awaitExecuted(store, send(relay));
            assertThat(relay.node().incarnation()).isGreaterThan(first);
            assertThat(relay.targets()).extracting(TargetStatus::name).containsExactly("mail");
        } finally {
            relay.close();
        }
    }

    @Test
    void a_relay_that_closes_lets_what_it_asks_its_store_end() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ending = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        MemoryCallStore store = new MemoryCallStore(Instant::now) {
            @Override
            public synchronized Map<String, Instant> heldOff() {
                asked.countDown();
                try {
                    while (ending.getCount() > 0) {
                        wait(1);
                    }
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
                return Map.of();
            }
        };
        ExecutorService io = ending(ending);
        Relay relay = relay(store, io);
        relay.start();
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

        relay.close();

        assertThat(io.isTerminated()).isTrue();
        assertThat(interrupted).isFalse();
    }

    @Test
    void a_node_that_joins_while_its_relay_closes_leaves_and_takes_nothing_over() throws InterruptedException {
        CountDownLatch joining = new CountDownLatch(1);
        CountDownLatch ending = new CountDownLatch(1);
        List<Long> joined = new CopyOnWriteArrayList<>();
        List<Long> left = new CopyOnWriteArrayList<>();
        AtomicBoolean tookOver = new AtomicBoolean();
        MemoryCallStore store = new MemoryCallStore(Instant::now) {
            @Override
            public synchronized Lease join(String node, Duration lease) {
                joining.countDown();
                try {
                    while (ending.getCount() > 0) {
                        wait(1);
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                Lease began = super.join(node, lease);
                joined.add(began.incarnation());
                return began;
            }

            @Override
            public synchronized void leave(long incarnation, Collection<IdempotencyKey> underWay) {
                left.add(incarnation);
                super.leave(incarnation, underWay);
            }

            @Override
            public synchronized int takeOver(long incarnation, Known known, int limit) {
                tookOver.set(true);
                return super.takeOver(incarnation, known, limit);
            }
        };
        ExecutorService io = ending(ending);
        Relay relay = relay(store, io);
        relay.start();
        assertThat(joining.await(1, TimeUnit.MINUTES)).isTrue();

        relay.close();

        assertThat(io.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(joined).hasSize(1);
        assertThat(left).isEqualTo(joined);
        assertThat(tookOver).isFalse();
    }

    @Test
    void a_relay_that_is_started_while_it_closes_delivers() throws SQLException {
        AtomicReference<@Nullable Relay> startsAgain = new AtomicReference<>();
        MemoryCallStore store = new MemoryCallStore(Instant::now) {
            @Override
            public synchronized void leave(long incarnation, Collection<IdempotencyKey> underWay) {
                Relay closing = startsAgain.getAndSet(null);
                if (closing != null) {
                    closing.start();
                }
                super.leave(incarnation, underWay);
            }
        };
        Relay relay = new Relay(
                store, new ScriptedTransport(new ManualLoop()), List.of(Target.of("mail")), Relay.Settings.DEFAULT);
        relay.start();
        awaitExecuted(store, send(relay));
        long first = relay.node().incarnation();
        startsAgain.set(relay);

        relay.close();
        try {
            awaitExecuted(store, send(relay));
            assertThat(startsAgain).hasNullValue();
            assertThat(relay.node().incarnation()).isGreaterThan(first);
        } finally {
            relay.close();
        }
    }

    /** Two threads that say when they are to end. */
    private static ExecutorService ending(CountDownLatch ending) {
        return new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            public void shutdown() {
                super.shutdown();
                ending.countDown();
            }
        };
    }

    private static Relay relay(CallStore store, ExecutorService io) {
        Threads own = Threads.own();
        return new Relay(
                store,
                new ScriptedTransport(new ManualLoop()),
                List.of(),
                Relay.Hooks.NONE,
                Relay.Settings.DEFAULT,
                () -> new Threads(own.loop(), io, own.notices()));
    }

    private static IdempotencyKey send(Relay relay) throws SQLException {
        Call call = Call.post("mail", "/api/mails", Payload.EMPTY);
        try (Connection transaction = MemoryTransaction.begin()) {
            Outbox.Recorded recorded = relay.outbox().send(transaction, call);
            transaction.commit();
            recorded.committed();
        }
        return call.key();
    }

    private static void awaitExecuted(CallStore store, IdempotencyKey key) {
        long begun = System.nanoTime();
        while (store.find(key).orElseThrow().state() != CallState.EXECUTED) {
            if (System.nanoTime() - begun > Duration.ofMinutes(1).toNanos()) {
                throw new AssertionError("call " + key + " is not executed");
            }
            Thread.onSpinWait();
        }
    }
}
