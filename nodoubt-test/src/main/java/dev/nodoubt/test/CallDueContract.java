package dev.nodoubt.test;

import static dev.nodoubt.test.CallBench.past;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.Progress;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.Relay;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which calls every {@link CallStore} must find due, and in which order. */
public abstract class CallDueContract {

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
    void those_that_are_held_are_left_out_however_many_they_are() throws SQLException {
        long me = bench.join();
        Call held = bench.call("held");
        Call due = bench.call("due");
        bench.record(me, held);
        bench.record(me, due);
        Set<IdempotencyKey> keys = Stream.generate(() -> IdempotencyKey.create(Instant.now()))
                .limit(2L * Relay.Settings.DEFAULT.inMemory() - 1)
                .collect(Collectors.toCollection(HashSet::new));
        keys.add(held.key());

        List<OpenCall> found = store().due(me, new CallStore.Wish(bench.target, keys, CallStore.Wanted.ALL, null, 100));

        assertThat(found).extracting(OpenCall::key).containsExactly(due.key());
    }

    @Test
    void known_calls_and_other_targets_are_not_read_again() throws SQLException {
        long me = bench.join();
        Call known = bench.call("known");
        Call other = bench.call("other");
        bench.record(me, known);
        bench.record(me, other);
        bench.record(me, Call.post("stock", "/", Payload.EMPTY));

        List<OpenCall> due =
                store().due(me, new CallStore.Wish(bench.target, Set.of(known.key()), CallStore.Wanted.ALL, null, 10));

        assertThat(due).extracting(OpenCall::key).containsExactly(other.key());
        assertThat(store().due(me, new CallStore.Wish(bench.target, Set.of(), CallStore.Wanted.ALL, null, 1)))
                .hasSize(1);
    }

    @Test
    void a_call_with_a_delay_is_not_due_before_it() throws SQLException {
        long me = bench.join();
        Call call = bench.call("later").withDelay(Duration.ofMinutes(5));

        bench.record(me, call);

        assertThat(bench.due(me)).isEmpty();
        RecordedCall.Standing standing = store().find(call.key()).orElseThrow().standing();
        assertThat(Duration.between(standing.recordedAt(), standing.nextAt())).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void the_highest_priority_comes_first_and_then_the_oldest() throws SQLException {
        long me = bench.join();
        Call plain = bench.call("first");
        Call second = bench.call("second");
        Call urgent = bench.call("urgent").withPriority(5);
        for (Call call : List.of(plain, second, urgent)) {
            bench.record(me, call);
        }

        assertThat(bench.dueKeys(me)).containsExactly(urgent.key(), plain.key(), second.key());
    }

    @Test
    void a_backlog_is_read_on_from_a_time() throws SQLException {
        long me = bench.join();
        Instant past = past();
        Call first = bench.call("first");
        Call second = bench.call("second");
        Call third = bench.call("third");
        for (Call call : List.of(first, second, third)) {
            bench.record(me, call);
        }
        bench.defer(me, first, dueAt(past.minusSeconds(2)));
        bench.defer(me, second, dueAt(past.minusSeconds(1)));
        bench.defer(me, third, dueAt(past));

        CallStore.Wish on = new CallStore.Wish(bench.target, Set.of(), CallStore.Wanted.ALL, past.minusSeconds(1), 10);

        assertThat(store().due(me, on)).extracting(OpenCall::key).containsExactly(second.key(), third.key());
    }

    private static Progress dueAt(Instant time) {
        return new Progress(CallState.WAITING, 1, time, time.plusSeconds(3_600), null, "", null);
    }

    @Test
    void a_call_whose_deadline_has_passed_is_read_only_where_late_ones_are_wanted() throws SQLException {
        long me = bench.join();
        Call late = bench.call("late").withDeadline(Duration.ofNanos(1_000));
        bench.record(me, late);

        assertThat(store().due(me, wish(CallStore.Wanted.ENDED))).isEmpty();
        assertThat(store().due(me, wish(CallStore.Wanted.ENDED_OR_LATE)))
                .extracting(OpenCall::key)
                .containsExactly(late.key());
    }

    private CallStore.Wish wish(CallStore.Wanted wanted) {
        return new CallStore.Wish(bench.target, Set.of(), wanted, null, 10);
    }

    @Test
    void while_no_attempt_may_begin_only_what_needs_none_is_read() throws SQLException {
        long me = bench.join();
        Call waiting = bench.call("waiting");
        Call cancelled = bench.call("cancelled").withPriority(Integer.MIN_VALUE);
        Call refused = bench.call("refused");
        Call inDoubt = bench.call("in doubt");
        for (Call call : List.of(waiting, cancelled, refused, inDoubt)) {
            bench.record(me, call);
        }
        store().cancel(cancelled.key());
        Progress.GivingUp refusal = new Progress.GivingUp(Reply.of(400));
        bench.defer(me, refused, new Progress(CallState.WAITING, 1, past(), past().plusSeconds(60), refusal, "", null));
        bench.defer(me, inDoubt, CallBench.progress(CallState.IN_DOUBT));
        store().cancel(inDoubt.key());

        List<OpenCall> due = store().due(me, wish(CallStore.Wanted.ENDED_OR_LATE));

        assertThat(due).extracting(OpenCall::key).containsExactly(refused.key(), cancelled.key());
    }
}
