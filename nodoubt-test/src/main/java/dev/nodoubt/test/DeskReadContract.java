package dev.nodoubt.test;

import static dev.nodoubt.test.CallBench.EXECUTED;
import static dev.nodoubt.test.CallBench.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Attention;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallDetail;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Count;
import dev.nodoubt.call.DeskStore;
import dev.nodoubt.call.Doubt;
import dev.nodoubt.call.NodeStatus;
import dev.nodoubt.call.Overview;
import dev.nodoubt.call.Progress;
import dev.nodoubt.call.RecordedCall;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DeskStore} must tell of calls, targets and nodes. */
public abstract class DeskReadContract {

    private static final Duration HOUR = Duration.ofHours(1);

    @SuppressWarnings("NullAway.Init") // set before each test
    private CallBench bench;

    /** The store under test, the same one for all tests. */
    protected abstract DeskParts parts();

    @BeforeEach
    void begin() {
        bench = new CallBench(parts().calls());
    }

    private DeskStore desk() {
        return parts().desk();
    }

    private Call recorded(long holder, String text) throws SQLException {
        Call call = bench.call(text);
        bench.record(holder, call);
        return call;
    }

    @Test
    void the_overview_counts_the_open_calls_of_each_target_by_state() throws SQLException {
        long me = bench.join();
        recorded(me, "waits");
        Progress doubt = CallBench.progress(CallState.IN_DOUBT);
        bench.defer(me, recorded(me, "doubt"), doubt);
        bench.defer(me, recorded(me, "older doubt"), since(doubt, doubt.dueAt().minusSeconds(60)));
        bench.defer(me, recorded(me, "person"), CallBench.progress(CallState.UNRESOLVED));

        Overview overview = desk().overview(HOUR);

        Overview.OfTarget mine = overview.targets().stream()
                .filter(target -> target.target().equals(bench.target))
                .findAny()
                .orElseThrow();
        assertThat(mine.open())
                .isEqualTo(Map.of(
                        CallState.WAITING, new Count(1, false),
                        CallState.IN_DOUBT, new Count(2, false),
                        CallState.UNRESOLVED, new Count(1, false)));
        assertThat(mine.oldestDoubt()).isEqualTo(doubt.dueAt().minusSeconds(60));
        assertThat(mine.oldest()).isBetween(overview.at().minusSeconds(60), overview.at());
        assertThat(overview.in(CallState.IN_DOUBT).value()).isGreaterThanOrEqualTo(2);
        assertThat(overview.open())
                .containsOnlyKeys(CallState.WAITING, CallState.IN_DOUBT, CallState.UNRESOLVED, CallState.HANDLING);
        assertThat(overview.oldestDoubt()).isBeforeOrEqualTo(doubt.dueAt().minusSeconds(60));
    }

    private static Progress since(Progress p, Instant since) {
        return new Progress(
                p.state(), p.attempts(), p.dueAt(), p.deadline(), null, p.last(), new Doubt(since, 1, false));
    }

    @Test
    void the_overview_counts_what_was_settled_of_the_calls_recorded_lately() throws SQLException {
        long me = bench.join();
        Map<CallState, Count> before = desk().overview(HOUR).settled().counts();
        bench.settle(me, recorded(me, "one"), EXECUTED);
        bench.settle(me, recorded(me, "two"), EXECUTED);
        bench.settle(me, recorded(me, "three"), NEVER);

        Map<CallState, Count> after = desk().overview(HOUR).settled().counts();

        assertThat(after.get(CallState.EXECUTED)).isEqualTo(plus(before, CallState.EXECUTED, 2));
        assertThat(after.get(CallState.NEVER)).isEqualTo(plus(before, CallState.NEVER, 1));
        assertThat(after.get(CallState.REJECTED)).isEqualTo(before.get(CallState.REJECTED));
        assertThat(desk().overview(Duration.ofHours(-1)).settled().counts())
                .containsEntry(CallState.EXECUTED, Count.NONE);
    }

    private static Count plus(Map<CallState, Count> counts, CallState state, int more) {
        return new Count(counts.getOrDefault(state, Count.NONE).value() + more, false);
    }

    @Test
    void an_open_call_is_shown_with_the_sizes_of_its_bytes_and_its_place_in_its_order() throws SQLException {
        long me = bench.join();
        bench.record(me, bench.call("first").inOrderOf("account 1"));
        Call second = bench.call("second").inOrderOf("account 1").withHandler("book");
        bench.record(me, second);

        CallDetail detail = desk().detail(second.key()).orElseThrow();

        CallDetail.Open open = Objects.requireNonNull(detail.open());
        assertThat(open.request())
                .isEqualTo(new CallDetail.Content(
                        "application/json", second.request().payload().size()));
        assertThat(open.givenUp()).isFalse();
        assertThat(open.holder()).isEqualTo(-1);
        assertThat(open.handling()).isNull();
        assertThat(open.deadline()).isAfter(Instant.now());
        assertThat(detail.order()).isEqualTo(new CallDetail.Order("account 1", true, false, 2));
        assertThat(detail.call().labels().handler()).isEqualTo("book");
        assertThat(detail.reply()).isNull();
    }

    @Test
    void a_call_whose_handler_fails_is_shown_with_the_state_that_it_will_have() throws SQLException {
        long me = bench.join();
        Call call = recorded(me, "handled");
        bench.postpone(me, call);

        CallDetail detail = desk().detail(call.key()).orElseThrow();

        assertThat(Objects.requireNonNull(detail.open()).handling())
                .isEqualTo(new CallDetail.Handling(CallState.EXECUTED, 1));
        assertThat(detail.reply()).isEqualTo(new CallDetail.Content("application/json", 2));
    }

    @Test
    void a_settled_call_is_shown_without_what_its_reply_says() throws SQLException {
        long me = bench.join();
        Call call = recorded(me, "secret");
        Reply reply = new Reply(201, Map.of("Set-Cookie", "secret"), Payload.json("{\"pin\":1234}"));
        bench.settle(me, call, new Outcome.Executed(reply));

        CallDetail detail = desk().detail(call.key()).orElseThrow();

        assertThat(detail.open()).isNull();
        assertThat(detail.reply()).isEqualTo(new CallDetail.Content("application/json", 12));
        RecordedCall.Settled settled = Objects.requireNonNull(detail.call().settled());
        assertThat(settled.outcome()).isEqualTo(new Outcome.Executed(new Reply(201, Map.of(), null)));
    }

    @Test
    void calls_that_need_attention_are_grouped_by_what_they_have_in_common() throws SQLException {
        long me = bench.join();
        Call oldest = recorded(me, "one");
        bench.defer(me, oldest, seen(CallState.UNRESOLVED, "lost: no answer within 2000 ms"));
        bench.defer(me, recorded(me, "two"), seen(CallState.UNRESOLVED, "lost: no answer within 1500 ms"));
        bench.defer(me, recorded(me, "three"), seen(CallState.IN_DOUBT, "lost: connection reset"));
        bench.postpone(me, recorded(me, "four"));
        recorded(me, "nothing is wrong with it");

        List<Attention.Group> groups = groups(Duration.ofSeconds(1));

        assertThat(groups).hasSize(3);
        assertThat(groups.get(0).state()).isEqualTo(CallState.UNRESOLVED);
        assertThat(groups.get(0).calls()).isEqualTo(2);
        assertThat(groups.get(0).operation()).isEqualTo(CallBench.OPERATION);
        assertThat(groups.get(0).cause()).isEqualTo("lost: no answer within * ms");
        assertThat(groups.get(0).example()).isEqualTo(oldest.key());
        assertThat(groups)
                .extracting(Attention.Group::state)
                .containsExactlyInAnyOrder(CallState.UNRESOLVED, CallState.IN_DOUBT, CallState.HANDLING);
        assertThat(groups(HOUR))
                .extracting(Attention.Group::state)
                .containsExactlyInAnyOrder(CallState.UNRESOLVED, CallState.HANDLING);
    }

    private List<Attention.Group> groups(Duration doubtFor) {
        return desk().attention(doubtFor).groups().stream()
                .filter(group -> group.target().equals(bench.target))
                .toList();
    }

    private static Progress seen(CallState state, String last) {
        Progress p = CallBench.progress(state);
        return new Progress(state, p.attempts(), p.dueAt(), p.deadline(), null, last, p.doubt());
    }

    @Test
    void nodes_are_alive_until_their_lease_runs_out_or_they_leave() {
        long alive = bench.join();
        long dead = bench.dead();
        long left = bench.join();
        bench.store.leave(left, List.of());

        List<NodeStatus> nodes = desk().nodes();

        assertThat(node(nodes, alive).alive()).isTrue();
        assertThat(node(nodes, dead).alive()).isFalse();
        assertThat(node(nodes, left).alive()).isFalse();
        assertThat(node(nodes, left).inOrder()).isTrue();
        assertThat(node(nodes, left).endedAt()).isNotNull();
        assertThat(nodes).extracting(NodeStatus::incarnation).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    private static NodeStatus node(List<NodeStatus> nodes, long incarnation) {
        return nodes.stream()
                .filter(node -> node.incarnation() == incarnation)
                .findAny()
                .orElseThrow();
    }
}
