package dev.nodoubt.test;

import static dev.nodoubt.test.CallBench.EXECUTED;
import static dev.nodoubt.test.CallBench.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.CallStore.Recording;
import dev.nodoubt.call.CallStoreException;
import dev.nodoubt.call.RecordedCall;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link CallStore} must do with business keys, and with what calls are searched by. */
public abstract class CallLabelContract {

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
    void a_business_key_names_its_first_call_settled_or_not_and_leaves_the_transaction_usable() throws SQLException {
        long me = bench.join();
        Call first = bench.call("first").withBusinessKey("order 1");
        bench.record(me, first);

        Recording open;
        Recording settled;
        Call beside = bench.call("beside");
        try (Connection tx = bench.begin()) {
            open = bench.record(tx, me, bench.call("second").withBusinessKey("order 1"));
            bench.record(tx, me, beside);
            tx.commit();
        }
        bench.settle(me, first, EXECUTED);
        settled = bench.record(me, bench.call("third").withBusinessKey("order 1"));

        assertThat(open).isEqualTo(new Recording(first.key(), CallStore.NOBODY, true));
        assertThat(settled).isEqualTo(open);
        assertThat(bench.dueKeys(me)).containsExactly(beside.key());
        assertThat(store().find(bench.target, OPERATION, "order 1"))
                .map(RecordedCall::key)
                .hasValue(first.key());
        assertThat(store().find(bench.target, "POST /other", "order 1")).isEmpty();
    }

    @Test
    void a_business_key_that_was_rolled_back_is_free() throws SQLException {
        long me = bench.join();
        bench.rolledBack(me, bench.call("gone").withBusinessKey("order 2"));
        Call next = bench.call("next").withBusinessKey("order 2");

        assertThat(bench.record(me, next)).isEqualTo(new Recording(next.key(), me, false));
    }

    @Test
    void a_call_that_is_refused_takes_neither_its_business_key_nor_its_place() throws SQLException {
        long me = bench.join();
        Call call = bench.call("once");
        bench.record(me, call);
        Call again = call.withBusinessKey("order 3").inOrderOf("account 3");

        try (Connection tx = bench.begin()) {
            assertThatThrownBy(() -> bench.record(tx, me, again)).isInstanceOf(CallStoreException.class);
            tx.commit();
        }

        Call next = bench.call("next").withBusinessKey("order 3").inOrderOf("account 3");
        assertThat(bench.record(me, next)).isEqualTo(new Recording(next.key(), me, false));
    }

    @Test
    void of_many_that_send_the_same_business_key_at_once_one_records_and_all_learn_its_key() throws Exception {
        long me = bench.join();
        CountDownLatch start = new CountDownLatch(1);
        List<Callable<Recording>> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            senders.add(() -> {
                start.await();
                return bench.record(me, bench.call("together").withBusinessKey("order 4"));
            });
        }
        start.countDown();

        List<Recording> recordings = Together.run(senders);

        assertThat(recordings).filteredOn(recording -> !recording.earlier()).hasSize(1);
        assertThat(recordings)
                .extracting(Recording::key)
                .containsOnly(bench.dueKeys(me).get(0));
        assertThat(bench.due(me)).hasSize(1);
    }

    @Test
    void who_sends_a_business_key_that_is_being_recorded_learns_what_became_of_it() throws Exception {
        long me = bench.join();
        Call first = bench.call("first").withBusinessKey("order 5");
        Call second = bench.call("second").withBusinessKey("order 5");
        Call gone = bench.call("gone").withBusinessKey("order 6");
        Call next = bench.call("next").withBusinessKey("order 6");

        assertThat(meanwhile(me, first, second, true)).isEqualTo(new Recording(first.key(), CallStore.NOBODY, true));
        assertThat(meanwhile(me, gone, next, false)).isEqualTo(new Recording(next.key(), me, false));

        assertThat(bench.dueKeys(me)).containsExactlyInAnyOrder(first.key(), next.key());
    }

    @Test
    void a_transaction_that_reads_an_older_snapshot_finds_the_earlier_call_or_must_be_repeated() throws SQLException {
        long me = bench.join();
        Call first = bench.call("first").withBusinessKey("order 7");
        Call second = bench.call("second").withBusinessKey("order 7");
        try (Connection tx = bench.begin()) {
            tx.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            bench.record(tx, me, bench.call("takes the snapshot"));
            bench.record(me, first);

            Recording recording = bench.record(tx, me, second);
            tx.commit();

            assertThat(recording).isEqualTo(new Recording(first.key(), CallStore.NOBODY, true));
        } catch (CallStoreException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            fault -> assertThat(fault.getSQLState()).startsWith("40"));
        }
        assertThat(store().find(second.key())).isEmpty();
    }

    /** Records the second one in another thread, which begins before the transaction of the first one ends. */
    private Recording meanwhile(long me, Call first, Call second, boolean commits) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Callable<Recording> sender = () -> {
            try (Connection tx = bench.begin()) {
                begun.countDown();
                Recording recording = bench.record(tx, me, second);
                tx.commit();
                return recording;
            }
        };
        CountDownLatch recorded = new CountDownLatch(1);
        Callable<Recording> other = () -> {
            try (Connection tx = bench.begin()) {
                Recording recording = bench.record(tx, me, first);
                recorded.countDown();
                begun.await();
                if (commits) {
                    tx.commit();
                } else {
                    tx.rollback();
                }
                return recording;
            }
        };
        Callable<Recording> later = () -> {
            recorded.await();
            return sender.call();
        };
        return Together.run(List.of(other, later)).get(1);
    }

    @Test
    void a_search_finds_open_and_settled_calls_by_what_was_asked_newest_first() throws SQLException {
        long me = bench.join();
        Call old = bench.call("old").withReference("customer 1").withTag("a").withTag("b");
        bench.record(me, old);
        bench.settle(me, old, EXECUTED);
        tick();
        Call mid = bench.call("mid").withReference("customer 2").withTag("a");
        bench.record(me, mid);
        tick();
        Call young = bench.call("young").withReference("customer 1").withTag("b");
        bench.record(me, young);

        CallQuery mine = CallQuery.NEWEST.to(bench.target);
        assertThat(found(mine)).containsExactly(young.key(), mid.key(), old.key());
        assertThat(found(mine.withReference("customer 1"))).containsExactly(young.key(), old.key());
        assertThat(found(mine.withTag("a"))).containsExactly(mid.key(), old.key());
        assertThat(found(mine.withTag("b").withReference("customer 1"))).containsExactly(young.key(), old.key());
        assertThat(found(mine.in(CallState.EXECUTED))).containsExactly(old.key());
        assertThat(found(mine.in(CallState.WAITING, CallState.IN_DOUBT))).containsExactly(young.key(), mid.key());
        assertThat(found(mine.in(CallState.WAITING, CallState.EXECUTED))).hasSize(3);
        assertThat(found(mine.withTag("none"))).isEmpty();
    }

    @Test
    void the_pages_of_a_search_show_every_call_once() throws SQLException {
        long me = bench.join();
        List<IdempotencyKey> newestFirst = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Call call = bench.call("page " + i);
            bench.record(me, call);
            if (i % 2 == 0) {
                bench.settle(me, call, EXECUTED);
            }
            newestFirst.add(0, call.key());
            tick();
        }

        List<IdempotencyKey> seen = new ArrayList<>();
        CallQuery query = CallQuery.NEWEST.to(bench.target).limit(3);
        for (List<RecordedCall> page = store().search(query); !page.isEmpty(); page = store().search(query)) {
            assertThat(page).hasSizeLessThanOrEqualTo(3);
            page.forEach(call -> seen.add(call.key()));
            query = query.after(page.get(page.size() - 1));
        }

        assertThat(seen).containsExactlyElementsOf(newestFirst);
    }

    private List<IdempotencyKey> found(CallQuery query) {
        return store().search(query).stream().map(RecordedCall::key).toList();
    }

    /** Keys of one millisecond have no order. */
    private static void tick() {
        long then = System.currentTimeMillis();
        while (System.currentTimeMillis() == then) {
            Thread.onSpinWait();
        }
    }
}
