package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
        ExecutorService io = new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            public void shutdown() {
                super.shutdown();
                ending.countDown();
            }
        };
        Threads own = Threads.own();
        Relay relay = new Relay(
                store,
                new ScriptedTransport(new ManualLoop()),
                List.of(),
                Relay.Hooks.NONE,
                Relay.Settings.DEFAULT,
                () -> new Threads(own.loop(), io, own.notices()));
        relay.start();
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

        relay.close();

        assertThat(io.isTerminated()).isTrue();
        assertThat(interrupted).isFalse();
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
