package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A relay among others: its lease, its store's outages, its end. */
class RelayLifeTest {

    private static final Duration LEASE = Relay.Settings.DEFAULT.lease();

    @Test
    void results_of_an_outage_are_kept_and_written_when_the_store_is_back() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.hangs();
        IdempotencyKey key = rig.send("mail");

        rig.storeIsDown(true);
        rig.transport.sent().get(0).answer().complete(ScriptedTransport.EXECUTED);
        rig.pass("PT1M");
        assertThat(rig.state(key)).isEqualTo(CallState.WAITING);
        rig.storeIsDown(false);
        rig.pass("PT2S");

        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.transport.sent()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heldOff", "renew", "due", "write", "settle", "begin", "purge"})
    void an_error_of_a_driver_is_an_outage_and_stops_nothing_for_good(String method) {
        Rig rig = Rig.started(Rig.MAIL, Rig.STOCK.withCapability(new Capability.None()));
        rig.breaksBadly(method);
        List<IdempotencyKey> keys = List.of(rig.send("mail"), rig.send(rig.call("mail", "book")), rig.send("stock"));
        rig.pass("PT2M");

        rig.mends(method);
        rig.pass("PT2M");

        assertThat(keys).allMatch(key -> rig.state(key) == CallState.EXECUTED);
        assertThat(rig.handled).hasSize(1);
        assertThat(rig.status("mail").held()).isZero();
    }

    @Test
    void no_attempt_starts_that_the_lease_may_not_outlast_and_all_resumes_with_the_store() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answers(ScriptedTransport.LOST);
        IdempotencyKey key = rig.send("mail");

        rig.storeIsDown(true);
        rig.pass("PT5M");

        long last = rig.transport.sent().get(rig.transport.sent().size() - 1).at();
        assertThat(Duration.ofNanos(last).plus(rig.transport.longest("mail"))).isLessThan(LEASE);
        rig.storeIsDown(false);
        rig.transport.answers(ScriptedTransport.EXECUTED);
        rig.pass("PT2S");
        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void a_full_memory_resumes_with_the_store_too() {
        Rig rig = Rig.started(Rig.inMemory(2), Rig.MAIL);
        List<Outbox.Recorded> recorded = IntStream.range(0, 5)
                .mapToObj(i -> rig.commit(rig.call("mail")))
                .toList();
        rig.storeIsDown(true);
        rig.pass("PT1M");
        recorded.forEach(Outbox.Recorded::committed);
        rig.pass("PT1M");
        assertThat(rig.transport.sent()).isEmpty();

        rig.storeIsDown(false);
        rig.pass("PT3S");

        assertThat(recorded).allMatch(r -> rig.state(r.key()) == CallState.EXECUTED);
    }

    @Test
    void what_has_no_room_is_read_on_as_it_gets_room_without_whole_scans() {
        Rig rig = Rig.started(Rig.inMemory(2), Rig.MAIL);
        rig.transport.answers(ScriptedTransport.EXECUTED);
        List<Outbox.Recorded> recorded = IntStream.range(0, 20)
                .mapToObj(i -> rig.commit(rig.call("mail")))
                .toList();
        int scans = rig.asked("takeOver");

        recorded.forEach(Outbox.Recorded::committed);
        rig.pass("PT0.9S");

        assertThat(recorded).allMatch(r -> rig.state(r.key()) == CallState.EXECUTED);
        assertThat(rig.asked("takeOver")).isEqualTo(scans);
    }

    @Test
    void a_store_that_is_down_at_the_start_delays_it_and_does_not_fail_it() {
        Rig rig = new Rig(Relay.Settings.DEFAULT, Rig.MAIL);
        rig.storeIsDown(true);
        rig.relay.start();
        rig.pass("PT1M");

        rig.storeIsDown(false);
        rig.pass("PT1S");

        assertThat(rig.state(rig.send("mail"))).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void calls_recorded_before_the_start_are_delivered_after_it() {
        Rig rig = new Rig(Relay.Settings.DEFAULT, Rig.MAIL);
        IdempotencyKey key = rig.send("mail");

        rig.relay.start();
        rig.pass("PT1S");

        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void a_process_that_was_stopped_beyond_its_lease_asks_the_store_before_it_attempts() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answers(ScriptedTransport.LOST);
        rig.send("mail");

        rig.loop.stall(LEASE.plusSeconds(1));
        long other = rig.store.join("other", LEASE).incarnation();
        rig.store.takeOver(other, new CallStore.Known(Set.of("mail"), Set.of(), Set.of()), 100);
        rig.transport.sent().clear();
        rig.pass("PT10S");

        assertThat(rig.transport.sent()).isEmpty();
    }

    @Test
    void a_node_that_was_ended_goes_on_under_a_new_incarnation() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answers(ScriptedTransport.LOST);
        IdempotencyKey taken = rig.send("mail");
        rig.loop.stall(LEASE.plusSeconds(1));
        long other = rig.store.join("other", Duration.ofHours(1)).incarnation();
        rig.store.takeOver(other, new CallStore.Known(Set.of("mail"), Set.of(), Set.of()), 100);
        rig.transport.answers(ScriptedTransport.EXECUTED);
        rig.pass("PT1S");

        IdempotencyKey own = rig.send("mail");
        rig.pass("PT1M");

        assertThat(rig.state(own)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.state(taken)).isEqualTo(CallState.IN_DOUBT);
        assertThat(rig.store.due(other, new CallStore.Wish("mail", Set.of(), CallStore.Wanted.ALL, null, 10)))
                .extracting(OpenCall::key)
                .containsExactly(taken);
    }

    @Test
    void a_call_that_is_recorded_after_the_lease_ran_out_is_nobodys_and_certainly_not_sent() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.loop.stall(LEASE.plusSeconds(1));

        IdempotencyKey key = rig.commit(rig.call("mail")).key();

        long other = rig.store.join("other", LEASE).incarnation();
        rig.store.takeOver(other, new CallStore.Known(Set.of("mail"), Set.of(), Set.of()), 100);
        assertThat(rig.state(key)).isEqualTo(CallState.WAITING);
        assertThat(rig.store.due(other, new CallStore.Wish("mail", Set.of(), CallStore.Wanted.ALL, null, 10)))
                .extracting(OpenCall::key)
                .containsExactly(key);
    }

    @Test
    void a_late_result_of_an_ended_incarnation_settles_nothing() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.hangs();
        IdempotencyKey key = rig.send("mail");
        rig.loop.stall(LEASE.plusSeconds(1));
        long other = rig.store.join("other", Duration.ofHours(1)).incarnation();
        rig.store.takeOver(other, new CallStore.Known(Set.of("mail"), Set.of(), Set.of()), 100);

        rig.transport.sent().get(0).answer().complete(ScriptedTransport.EXECUTED);
        rig.pass("PT1M");

        assertThat(rig.state(key)).isEqualTo(CallState.IN_DOUBT);
    }

    @Test
    void the_calls_of_a_dead_node_are_taken_over_and_delivered() throws SQLException {
        Rig rig = Rig.started(Rig.MAIL);
        long dead = rig.store.join("dead", Duration.ofSeconds(5)).incarnation();
        Call call = rig.call("mail");
        OpenCall open = new OpenCall(
                call.key(),
                call.request(),
                new Terms(call.labels(), null, false),
                Progress.born(rig.now(), rig.now().plus(call.timing().deadline())),
                null);
        try (Connection transaction = MemoryTransaction.begin()) {
            rig.store.record(transaction, open, call.timing(), dead);
            transaction.commit();
        }

        rig.pass("PT5S");
        assertThat(rig.transport.sent()).isEmpty();
        rig.pass("PT2S");

        assertThat(rig.state(call.key())).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void a_relay_that_closes_waits_for_its_attempts_and_leaves_the_rest_as_it_is() throws InterruptedException {
        Rig rig = Rig.started(Target.of("mail").withBulkhead(new Target.Bulkhead(2, null)));
        rig.transport.hangs();
        List<IdempotencyKey> keys =
                IntStream.range(0, 4).mapToObj(i -> rig.send("mail")).toList();

        long before = rig.loop.tasksSoFar();
        Thread closing = new Thread(rig.relay::close);
        closing.start();
        while (rig.loop.tasksSoFar() == before) {
            Thread.onSpinWait();
        }
        rig.loop.run();
        rig.transport.sent().get(0).answer().complete(ScriptedTransport.EXECUTED);
        while (closing.isAlive()) {
            rig.pass("PT0.1S");
        }
        closing.join();

        assertThat(rig.transport.sent()).hasSize(2);
        assertThat(keys)
                .extracting(rig::state)
                .containsExactly(CallState.EXECUTED, CallState.IN_DOUBT, CallState.WAITING, CallState.WAITING);
        assertThat(rig.loop.isClosed()).isTrue();
    }

    @Test
    void a_relay_whose_store_hangs_ends_without_handing_back() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(1);
        CountDownLatch forEver = new CountDownLatch(1);
        CallStore hanging = new MemoryCallStore(Instant::now) {
            @Override
            public synchronized void leave(long incarnation, Collection<IdempotencyKey> underWay) {
                left.countDown();
                await(forEver);
            }
        };
        Relay.Settings d = Relay.Settings.DEFAULT;
        Relay.Settings quick =
                new Relay.Settings("node", Duration.ofMillis(500), Duration.ofMillis(10), 10, 10, d.retention());
        Relay relay = new Relay(hanging, new ScriptedTransport(new ManualLoop()), List.of(), quick);
        relay.start();
        while (relay.holder() == CallStore.NOBODY) {
            Thread.onSpinWait();
        }

        Thread closing = new Thread(relay::close);
        closing.start();
        closing.join(Duration.ofMinutes(1).toMillis());

        assertThat(closing.isAlive()).isFalse();
        assertThat(left.getCount()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
