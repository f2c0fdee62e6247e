package dev.nodoubt.test;

import static dev.nodoubt.test.CallBench.EXECUTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.Progress;
import dev.nodoubt.call.RecordedCall;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link CallStore} must do with rows that are damaged, or that a newer version wrote. */
public abstract class CallRowContract {

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
    void a_call_whose_bytes_are_not_those_recorded_is_in_doubt_and_for_a_person() throws SQLException {
        long me = bench.join();
        Call waiting = bench.call("waiting");
        Call doubtful = bench.call("in doubt");
        Call known = bench.call("known");
        for (Call call : List.of(waiting, doubtful, known)) {
            bench.record(me, call);
        }
        Progress inDoubt = CallBench.progress(CallState.IN_DOUBT);
        bench.defer(me, doubtful, inDoubt);
        bench.postpone(me, known);

        damageAll();

        Progress never = bench.due(me, waiting).progress();
        assertThat(never.state()).isEqualTo(CallState.UNRESOLVED);
        assertThat(never.last()).isEqualTo(CallStore.DAMAGED);
        assertThat(never.doubt()).as("a hand-over may have sent it").isNotNull();
        Progress maybe = bench.due(me, doubtful).progress();
        assertThat(maybe.state()).isEqualTo(CallState.UNRESOLVED);
        assertThat(maybe.doubt()).isEqualTo(inDoubt.doubt());
        assertThat(bench.due(me, known).known()).as("nothing is sent for it").isNotNull();
        assertThat(bench.state(waiting))
                .as("what its row says until it is written")
                .isEqualTo(CallState.WAITING);
    }

    @Test
    void a_damaged_call_that_is_written_as_unresolved_says_what_was_written() throws SQLException {
        long me = bench.join();
        Call call = bench.call("damaged");
        bench.record(me, call);
        bench.defer(me, call, CallBench.progress(CallState.UNRESOLVED));

        damageAll();

        Progress found = bench.due(me, call).progress();
        assertThat(found.state()).isEqualTo(CallState.UNRESOLVED);
        assertThat(found.last()).isEqualTo("lost: no answer");
    }

    @Test
    void a_row_that_this_version_cannot_read_keeps_no_other_from_being_read() throws SQLException {
        long me = bench.join();
        Call newer = bench.call("of a newer version").withPriority(9);
        Call call = bench.call("readable");
        bench.record(me, newer);
        bench.record(me, call);
        execute("UPDATE nodoubt_call SET state = 'newer' WHERE call_key = '"
                + newer.key().value() + "'");

        assertThat(store().due(me, new CallStore.Wish(bench.target, Set.of(), CallStore.Wanted.ALL, null, 1)))
                .extracting(OpenCall::key)
                .containsExactly(call.key());
        assertThat(store().search(CallQuery.NEWEST.to(bench.target)))
                .extracting(RecordedCall::key)
                .containsExactly(call.key());
        store().leave(me, Set.of());
        long other = bench.join();
        assertThat(bench.takeOver(other))
                .as("the other one is left to a newer node")
                .isEqualTo(1);
        assertThat(bench.settle(other, newer, EXECUTED)).isEmpty();
    }

    @Test
    void a_row_that_makes_no_sense_is_left_out() throws SQLException {
        long me = bench.join();
        Call senseless = bench.call("without sense");
        Call call = bench.call("readable");
        bench.record(me, senseless);
        bench.record(me, call);
        execute("UPDATE nodoubt_call SET method = 'BREW' WHERE call_key = '"
                + senseless.key().value() + "'");

        assertThat(bench.dueKeys(me)).containsExactly(call.key());
    }

    private void damageAll() throws SQLException {
        execute("UPDATE nodoubt_call SET body = body_sha256 WHERE target = '" + bench.target + "'");
    }

    private void execute(String statement) throws SQLException {
        try (Connection tx = bench.begin();
                PreparedStatement update = tx.prepareStatement(statement)) {
            update.executeUpdate();
            tx.commit();
        }
    }
}
