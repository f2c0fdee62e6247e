package dev.nodoubt.test;

import static dev.nodoubt.test.GateBench.assertWithheld;
import static dev.nodoubt.test.GateBench.effect;
import static dev.nodoubt.test.GateBench.none;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Answer;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Admission.Reason;
import dev.nodoubt.gate.Finding;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a gate must do over every {@link dev.nodoubt.gate.GateStore}: queries and fences. Extend it, name the parts, and run it.
 */
public abstract class GateFenceContract {

    private static final Reply CREATED = Reply.of(201, Payload.json("{\"id\":7}"));
    private static final Outcome NEVER = Outcome.Never.of(Outcome.Why.FENCED);

    private GateBench bench;

    /** What is under test. */
    protected abstract GateParts parts();

    @BeforeEach
    void prepare() {
        bench = new GateBench(parts());
    }

    @Test
    void a_query_tells_what_was_executed_and_when() {
        IdempotencyKey key = bench.newKey();
        bench.execute(key, effect(key, CREATED));

        Finding finding = bench.query(key);

        assertThat(finding)
                .isEqualTo(
                        new Finding(new Outcome.Executed(CREATED), "POST /api/notifications", bench.clock.instant()));
    }

    @Test
    void a_query_tells_what_was_rejected() {
        IdempotencyKey key = bench.newKey();
        bench.execute(key, effect(key, Reply.of(422)));

        assertThat(bench.query(key).answer()).isEqualTo(new Outcome.Rejected(Reply.of(422)));
    }

    @Test
    void a_query_of_a_key_that_nobody_holds_says_absent_and_changes_nothing() {
        IdempotencyKey key = bench.newKey();

        assertThat(bench.query(key)).isEqualTo(new Finding(new Answer.Absent(), null, null));
        assertThat(bench.rows(key)).isZero();
        assertThat(bench.execute(key, effect(key, CREATED))).isInstanceOf(Admission.Executed.class);
    }

    @Test
    void a_query_while_the_handler_runs_says_in_progress() {
        IdempotencyKey key = bench.newKey();

        bench.execute(key, effect(key, transaction -> {
            assertThat(bench.query(key).answer()).isInstanceOf(Answer.InProgress.class);
            return CREATED;
        }));

        assertThat(bench.query(key).answer()).isInstanceOf(Outcome.Executed.class);
    }

    @Test
    void a_fenced_key_never_executes_however_often_it_comes() {
        IdempotencyKey key = bench.newKey();

        assertThat(bench.fence(key).answer()).isEqualTo(NEVER);

        for (int i = 0; i < 10; i++) {
            assertWithheld(bench.execute(key, none()), Reason.FENCED);
            assertThat(bench.rows(key)).as("the tombstone after request %d", i).isEqualTo(1);
        }
        assertThat(bench.fence(key).answer()).isEqualTo(NEVER);
        assertThat(bench.query(key)).isEqualTo(new Finding(NEVER, null, bench.clock.instant()));
    }

    @Test
    void a_fence_after_the_execution_answers_with_its_outcome() {
        IdempotencyKey executed = bench.newKey();
        IdempotencyKey rejected = bench.newKey();
        bench.execute(executed, effect(executed, CREATED));
        bench.execute(rejected, effect(rejected, Reply.of(404)));

        assertThat(bench.fence(executed).answer()).isEqualTo(new Outcome.Executed(CREATED));
        assertThat(bench.fence(rejected).answer()).isEqualTo(new Outcome.Rejected(Reply.of(404)));
    }

    @Test
    void a_fence_of_one_scope_does_not_touch_the_equal_key_of_another() {
        IdempotencyKey key = bench.newKey();

        assertThat(bench.gate.fence("other", key, Duration.ZERO, "").answer()).isEqualTo(NEVER);

        assertThat(bench.gate.query(GateBench.SCOPE, key).answer()).isEqualTo(new Answer.Absent());
        assertThat(bench.execute(key, effect(key, CREATED))).isInstanceOf(Admission.Executed.class);
        assertThat(bench.gate.query("other", key).answer()).isEqualTo(NEVER);
    }

    @Test
    void a_fence_with_a_short_wait_says_in_progress_while_the_handler_runs() {
        IdempotencyKey key = bench.newKey();

        bench.execute(key, effect(key, transaction -> {
            Finding finding = CompletableFuture.supplyAsync(() -> bench.fence(key, Duration.ZERO))
                    .join();
            assertThat(finding.answer()).isInstanceOf(Answer.InProgress.class);
            return CREATED;
        }));

        assertThat(bench.fence(key).answer()).isInstanceOf(Outcome.Executed.class);
    }

    @Test
    void a_fence_that_waits_for_an_execution_that_commits_answers_executed() {
        IdempotencyKey key = bench.newKey();
        CompletableFuture<Finding> fence = new CompletableFuture<>();

        Admission admission = bench.execute(key, effect(key, transaction -> {
            fence.completeAsync(() -> bench.fence(key));
            awaitWaiter(fence);
            return CREATED;
        }));

        assertThat(admission).isEqualTo(new Admission.Executed(CREATED, false));
        assertThat(fence.join().answer()).isEqualTo(new Outcome.Executed(CREATED));
    }

    @Test
    void a_fence_that_waits_for_an_execution_that_rolls_back_answers_never() {
        IdempotencyKey key = bench.newKey();
        CompletableFuture<Finding> fence = new CompletableFuture<>();

        Admission admission = bench.execute(key, effect(key, transaction -> {
            fence.completeAsync(() -> bench.fence(key));
            awaitWaiter(fence);
            throw new IllegalStateException("boom");
        }));

        assertThat(assertWithheld(admission, Reason.HANDLER_FAILED).cause()).hasMessage("boom");
        assertThat(fence.join().answer()).isEqualTo(NEVER);
        assertWithheld(bench.execute(key, none()), Reason.FENCED);
        assertThat(bench.effects(key)).isZero();
    }

    @Test
    void a_rejection_and_a_fence_that_race_agree() {
        IdempotencyKey key = bench.newKey();
        CompletableFuture<Finding> fence = new CompletableFuture<>();

        Admission admission = bench.execute(key, effect(key, transaction -> {
            fence.completeAsync(() -> bench.fence(key));
            awaitWaiter(fence);
            return Reply.of(422);
        }));

        boolean rejected = admission instanceof Admission.Rejected;
        if (!rejected) {
            assertWithheld(admission, Reason.FENCED);
        }
        assertThat(fence.join().answer()).isEqualTo(rejected ? new Outcome.Rejected(Reply.of(422)) : NEVER);
    }

    private void awaitWaiter(CompletableFuture<Finding> fence) {
        while (!fence.isDone() && !parts().somebodyWaits().getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_broken_row_is_unknown_to_a_query_and_in_progress_to_a_fence() {
        IdempotencyKey key = bench.newKey();
        bench.execute(key, effect(key, transaction -> {
            transaction.commit();
            return CREATED;
        }));

        assertThat(bench.query(key).answer()).isEqualTo(new Answer.Unknown());
        assertThat(bench.fence(key).answer()).isInstanceOf(Answer.InProgress.class);
    }

    @Test
    void a_fence_refuses_a_wait_out_of_range() {
        assertThatThrownBy(() -> bench.fence(bench.newKey(), Duration.ofMillis(2001)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2001");
        assertThatThrownBy(() -> bench.fence(bench.newKey(), Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
