package dev.nodoubt.test;

import static dev.nodoubt.test.CallBench.LEASE;
import static dev.nodoubt.test.CallBench.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.Deferral;
import dev.nodoubt.call.Doubt;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link CallStore} must do with calls whose node is gone, or that nobody holds. */
public abstract class CallTakeOverContract {

    @SuppressWarnings("NullAway.Init") // set before each test
    private CallBench bench;

    /** The store under test, the same one for all tests. */
    protected abstract CallParts parts();

    @BeforeEach
    void begin() {
        bench = new CallBench(parts());
    }

    private CallStore store() {
        return bench.store;
    }

    @Test
    void incarnations_grow_and_time_is_the_stores() {
        CallStore.Lease first = store().join("a", LEASE);
        CallStore.Lease second = store().join("a", LEASE);

        assertThat(second.incarnation()).isGreaterThan(first.incarnation()).isGreaterThan(CallStore.NOBODY);
        assertThat(store().renew(first.incarnation(), LEASE))
                .hasValueSatisfying(renewed -> assertThat(renewed.now()).isAfterOrEqualTo(first.now()));
    }

    @Test
    void a_dead_nodes_calls_are_taken_over_as_possibly_sent_and_its_late_word_does_not_count() throws SQLException {
        long dead = bench.dead();
        Call call = bench.call("orphan");
        bench.record(dead, call);
        long me = bench.join();

        assertThat(bench.takeOver(me)).isEqualTo(1);

        OpenCall found = bench.due(me).get(0);
        assertThat(found.progress().state()).isEqualTo(CallState.IN_DOUBT);
        Instant recordedAt = store().find(call.key()).orElseThrow().standing().recordedAt();
        assertThat(found.progress().doubt()).isEqualTo(new Doubt(recordedAt, 0, false));
        assertThat(store().renew(dead, LEASE)).isEmpty();
        assertThat(bench.settle(dead, call, NEVER)).isEmpty();
        assertThat(bench.state(call)).isEqualTo(CallState.IN_DOUBT);
    }

    @Test
    void what_a_dead_node_may_have_sent_until_its_lease_ended_counts_its_time_from_the_taking_over()
            throws SQLException {
        long dead = bench.dead();
        Call call = bench.call("started");
        bench.recordMarked(dead, call);
        Instant started = Instant.now().minusSeconds(60);
        Progress sending = new Progress(
                CallState.IN_DOUBT,
                1,
                started,
                started.plusSeconds(600),
                null,
                "sending",
                new Doubt(started, 0, false));
        Deferral start = new Deferral(call.key(), dead, sending);
        assertThat(store().begin(List.of(start))).containsExactly(call.key());
        long me = bench.join();

        assertThat(bench.takeOver(me)).isEqualTo(1);

        Doubt doubt = Objects.requireNonNull(bench.due(me, call).progress().doubt());
        assertThat(doubt.since()).isAfter(started.plusSeconds(30));
    }

    /** As one that was stopped (SIGSTOP) between the renewal of its lease and the commit of it. */
    @Test
    void a_node_that_stands_still_with_its_row_locked_holds_no_other_up() throws SQLException {
        long still = bench.dead();
        long dead = bench.dead();
        Call call = bench.call("orphan");
        bench.record(dead, call);
        long me = bench.join();

        try (Connection transaction = parts().database().getConnection()) {
            transaction.setAutoCommit(false);
            lock(transaction, still);
            assertTimeoutPreemptively(
                    Duration.ofSeconds(60), () -> assertThat(bench.takeOver(me)).isEqualTo(1));
            transaction.rollback();
        }
        bench.takeOver(me);

        assertThat(store().renew(still, LEASE)).isEmpty();
    }

    private static void lock(Connection transaction, long incarnation) throws SQLException {
        try (PreparedStatement lock =
                transaction.prepareStatement("SELECT incarnation FROM nodoubt_node WHERE incarnation = ? FOR UPDATE")) {
            lock.setLong(1, incarnation);
            lock.executeQuery().close();
        }
    }

    @Test
    void a_waiting_call_whose_starts_are_committed_was_not_sent_by_a_dead_node() throws SQLException {
        long dead = bench.dead();
        Call call = bench.call("marked");
        bench.recordMarked(dead, call);
        long me = bench.join();

        bench.takeOver(me);

        assertThat(bench.due(me).get(0).progress().state()).isEqualTo(CallState.WAITING);
    }

    @Test
    void a_call_that_commits_after_its_nodes_death_is_taken_over_too() throws SQLException {
        long dead = bench.dead();
        long me = bench.join();
        bench.takeOver(me);

        bench.record(dead, bench.call("late"));

        assertThat(bench.takeOver(me)).isEqualTo(1);
    }

    @Test
    void no_more_calls_are_taken_over_than_there_is_room_for() throws SQLException {
        long dead = bench.dead();
        for (int i = 0; i < 3; i++) {
            bench.record(dead, bench.call("orphan"));
            bench.record(CallStore.NOBODY, bench.call("free"));
        }
        long me = bench.join();

        assertThat(store().takeOver(me, bench.known(), 4)).isEqualTo(4);
        assertThat(store().takeOver(me, bench.known(), 4)).isEqualTo(2);
    }

    @Test
    void a_node_that_leaves_in_order_leaves_what_was_never_sent_as_never_sent() throws SQLException {
        long leaver = bench.join();
        Call waiting = bench.call("waiting");
        Call underWay = bench.call("under way");
        bench.record(leaver, waiting);
        bench.record(leaver, underWay);

        store().leave(leaver, Set.of(underWay.key()));
        long me = bench.join();
        bench.takeOver(me);

        assertThat(bench.due(me))
                .extracting(OpenCall::key, c -> c.progress().state())
                .containsExactlyInAnyOrder(
                        tuple(waiting.key(), CallState.WAITING), tuple(underWay.key(), CallState.IN_DOUBT));
    }

    @Test
    void calls_that_nobody_holds_are_taken_as_they_are_and_unknown_targets_and_handlers_are_left() throws SQLException {
        long me = bench.join();
        Call free = bench.call("free");
        Call handled = bench.call("handled").withHandler("known");
        bench.record(CallStore.NOBODY, free);
        bench.record(CallStore.NOBODY, handled);
        bench.record(CallStore.NOBODY, bench.call("unknown handler").withHandler("newer"));
        bench.record(CallStore.NOBODY, Call.post("unknown-here", "/", Payload.EMPTY));

        int taken = store().takeOver(me, new CallStore.Known(Set.of(bench.target), Set.of("known"), Set.of()), 10);

        assertThat(taken).isEqualTo(2);
        assertThat(bench.due(me))
                .extracting(OpenCall::key, c -> c.progress().state())
                .containsExactlyInAnyOrder(
                        tuple(free.key(), CallState.WAITING), tuple(handled.key(), CallState.WAITING));
    }

    @Test
    void of_a_target_that_is_held_off_only_what_needs_no_attempt_is_taken_over() throws SQLException {
        Call waiting = bench.call("waiting");
        Call cancelled = bench.call("cancelled");
        Call doubtful = bench.call("of a dead node");
        bench.record(CallStore.NOBODY, waiting);
        bench.record(CallStore.NOBODY, cancelled);
        bench.record(bench.dead(), doubtful);
        store().cancel(cancelled.key());
        store().cancel(doubtful.key());
        long me = bench.join();

        Set<String> mine = Set.of(bench.target);
        int taken = store().takeOver(me, new CallStore.Known(mine, Set.of(), mine), 10);

        assertThat(taken).isEqualTo(1);
        assertThat(bench.dueKeys(me)).containsExactly(cancelled.key());
    }

    @Test
    void a_node_that_ended_long_ago_is_forgotten_once_no_call_names_it() throws SQLException {
        long named = bench.dead();
        long unnamed = bench.dead();
        Call call = bench.call("orphan");
        bench.record(named, call);
        long me = bench.join();
        CallStore.Known nothing = new CallStore.Known(Set.of("unknown-here"), Set.of(), Set.of());
        store().takeOver(me, nothing, 10);
        try (Connection tx = bench.begin();
                Statement update = tx.createStatement()) {
            update.executeUpdate("UPDATE nodoubt_node SET ended_at = '2026-01-01 00:00:00' WHERE incarnation IN ("
                    + named + ", " + unnamed + ")");
            tx.commit();
        }

        store().takeOver(me, nothing, 10);

        assertThat(nodes(named, unnamed)).isEqualTo(1);
        assertThat(bench.takeOver(me)).isEqualTo(1);
        bench.takeOver(me);
        assertThat(nodes(named, unnamed)).isZero();
    }

    private int nodes(long one, long other) throws SQLException {
        try (Connection tx = bench.begin();
                Statement select = tx.createStatement();
                ResultSet row = select.executeQuery(
                        "SELECT count(*) FROM nodoubt_node WHERE incarnation IN (" + one + ", " + other + ")")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void a_living_nodes_calls_are_left_alone() throws SQLException {
        long other = bench.join();
        bench.record(other, bench.call("theirs"));

        assertThat(bench.takeOver(bench.join())).isZero();
        assertThat(store().renew(other, LEASE)).isPresent();
    }

    @Test
    void two_nodes_that_take_over_at_once_share_the_calls() throws Exception {
        long dead = bench.dead();
        for (int i = 0; i < 20; i++) {
            bench.record(dead, bench.call("orphan"));
        }
        long one = bench.join();
        long two = bench.join();

        List<Integer> taken = Together.run(List.of(() -> bench.takeOver(one), () -> bench.takeOver(two)));
        int rest = bench.takeOver(one);

        assertThat(taken.get(0) + taken.get(1) + rest).isEqualTo(20);
        assertThat(bench.due(one).size() + bench.due(two).size()).isEqualTo(20);
    }

    @Test
    void who_learns_that_a_target_is_down_tells_the_others() {
        store().holdOff(bench.target, Duration.ofMinutes(1));
        assertThat(store().heldOff()).containsKey(bench.target);

        store().holdOff(bench.target, Duration.ofMinutes(2));
        assertThat(store().heldOff().get(bench.target)).isAfter(Instant.now().plusSeconds(90));

        store().holdOff(bench.target, Duration.ZERO);
        assertThat(store().heldOff()).doesNotContainKey(bench.target);
    }
}
