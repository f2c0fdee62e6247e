package dev.nodoubt.test;

import static dev.nodoubt.test.CallBench.EXECUTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallFilter;
import dev.nodoubt.call.CallPage;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.DeskStore;
import dev.nodoubt.call.Progress;
import dev.nodoubt.call.RecordedCall;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DeskStore} must find when an operator searches. */
public abstract class DeskSearchContract {

    private static final Instant BEGIN = Instant.parse("2026-11-02T00:00:00Z");

    @SuppressWarnings("NullAway.Init") // set before each test
    private CallBench bench;

    private CallFilter mine = CallFilter.of(CallQuery.NEWEST);
    private int calls;

    /** The store under test, the same one for all tests. */
    protected abstract DeskParts parts();

    @BeforeEach
    void begin() {
        bench = new CallBench(parts().calls());
        mine = CallFilter.of(CallQuery.NEWEST.to(bench.target));
    }

    private DeskStore desk() {
        return parts().desk();
    }

    /** Each one was made a minute after the one before. */
    private Call next(long holder) throws SQLException {
        return next(holder, bench.call("call"));
    }

    private Call next(long holder, Call like) throws SQLException {
        Instant made = BEGIN.plusSeconds(60L * calls++);
        Call call = new Call(IdempotencyKey.create(made), like.request(), like.timing(), like.labels());
        bench.record(holder, call);
        return call;
    }

    private List<IdempotencyKey> found(CallFilter filter) {
        return keys(desk().search(filter));
    }

    private static List<IdempotencyKey> keys(CallPage page) {
        return page.calls().stream().map(RecordedCall::key).toList();
    }

    @Test
    void calls_are_found_by_state_reference_and_tag_open_and_settled() throws SQLException {
        long me = bench.join();
        Call old = next(me, bench.call("old").withReference("customer 1").withTag("a"));
        Call mid = next(me, bench.call("mid").withReference("customer 2").withTag("a"));
        Call young = next(me, bench.call("young").withReference("customer 1"));
        bench.settle(me, mid, EXECUTED);

        assertThat(found(mine)).containsExactly(young.key(), mid.key(), old.key());
        CallQuery query = mine.query();
        assertThat(found(CallFilter.of(query.withReference("customer 1")))).containsExactly(young.key(), old.key());
        assertThat(found(CallFilter.of(query.withTag("a")))).containsExactly(mid.key(), old.key());
        assertThat(found(CallFilter.of(query.in(CallState.EXECUTED)))).containsExactly(mid.key());
        assertThat(found(CallFilter.of(query.in(CallState.WAITING, CallState.EXECUTED))))
                .hasSize(3);
        assertThat(found(CallFilter.of(query.in(CallState.IN_DOUBT)))).isEmpty();
    }

    @Test
    void a_call_is_found_by_the_beginning_of_its_key() throws SQLException {
        long me = bench.join();
        Call first = next(me);
        Call second = next(me);
        bench.settle(me, second, EXECUTED);
        String common = first.key().value().substring(0, 6);

        assertThat(found(mine.withKeyPrefix(first.key().value()))).containsExactly(first.key());
        assertThat(found(mine.withKeyPrefix(second.key().value().substring(0, 15))))
                .containsExactly(second.key());
        assertThat(found(mine.withKeyPrefix(common))).containsExactly(second.key(), first.key());
        assertThat(found(mine.withKeyPrefix("f"))).isEmpty();
    }

    @Test
    void open_calls_are_found_by_what_their_last_attempt_showed() throws SQLException {
        long me = bench.join();
        Call reset = next(me);
        Call percent = next(me);
        Call settled = next(me);
        bench.defer(me, reset, seen("lost: Connection reset by peer"));
        bench.defer(me, percent, seen("lost: 100% of the disk_space is used"));
        bench.settle(me, settled, EXECUTED);

        assertThat(found(mine.withText("connection RESET"))).containsExactly(reset.key());
        assertThat(found(mine.withText("100%"))).containsExactly(percent.key());
        assertThat(found(mine.withText("disk_space"))).containsExactly(percent.key());
        assertThat(found(mine.withText("1%k_s"))).isEmpty();
        assertThat(found(mine.withText("lost"))).containsExactly(percent.key(), reset.key());
        assertThat(desk().search(mine.withText("lost")).searchedTo()).isNull();
    }

    private static Progress seen(String last) {
        Progress p = CallBench.progress(CallState.IN_DOUBT);
        return new Progress(p.state(), p.attempts(), p.dueAt(), p.deadline(), null, last, p.doubt());
    }

    @Test
    void calls_are_found_by_when_they_were_made_and_how_often_they_were_attempted() throws SQLException {
        long me = bench.join();
        Call first = next(me);
        Call second = next(me);
        Call third = next(me);
        bench.defer(me, third, CallBench.progress(CallState.IN_DOUBT));
        bench.settle(me, second, EXECUTED);

        assertThat(found(mine.made(BEGIN.plusSeconds(60), null))).containsExactly(third.key(), second.key());
        assertThat(found(mine.made(null, BEGIN.plusSeconds(60)))).containsExactly(first.key());
        assertThat(found(mine.made(BEGIN, BEGIN.plusSeconds(120)))).containsExactly(second.key(), first.key());
        assertThat(found(mine.withAttemptsMoreThan(0))).containsExactly(third.key(), second.key());
        assertThat(found(mine.withAttemptsMoreThan(1))).isEmpty();
    }

    @Test
    void pages_lead_to_older_calls_and_back_and_show_each_call_once() throws SQLException {
        long me = bench.join();
        List<IdempotencyKey> newestFirst = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Call call = next(me);
            if (i % 2 == 0) {
                bench.settle(me, call, EXECUTED);
            }
            newestFirst.add(0, call.key());
        }
        CallFilter three = mine.withQuery(mine.query().limit(3));

        CallPage first = desk().search(three);
        CallPage second = desk().search(three.olderThan(keys(first).get(2)));
        CallPage third = desk().search(three.olderThan(keys(second).get(2)));
        CallPage back = desk().search(three.newerThan(keys(third).get(0)));

        List<IdempotencyKey> seen = new ArrayList<>(keys(first));
        seen.addAll(keys(second));
        seen.addAll(keys(third));
        assertThat(seen).isEqualTo(newestFirst);
        assertThat(List.of(first.more(), second.more(), third.more())).containsExactly(true, true, false);
        assertThat(keys(back)).isEqualTo(keys(second));
        assertThat(back.more()).isTrue();
        assertThat(found(three.newerThan(newestFirst.get(0)))).isEqualTo(Collections.emptyList());
    }
}
