package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Outcome.Why;
import dev.nodoubt.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every state of a call, at each foreign capability, at each time that makes a difference, meets every class of result
 * that its next step may have. Held against rules that hold for all of them, not against a table of what is done.
 */
class EveryResultTest {

    private static final Instant SENT = Instant.parse("2026-11-26T12:00:00Z");
    private static final List<Integer> SECONDS = List.of(0, 1, 29, 30, 31, 59, 60, 79, 80, 109, 110, 111, 5_000);
    private static final Capability.Query QUERY = new Capability.Query(Duration.ofSeconds(30), false);
    private static final Map<String, Capability> CAPABILITIES = new TreeMap<>(Map.of(
            "key", new Capability.Key(Duration.ofSeconds(100), null),
            "key, query", new Capability.Key(Duration.ofSeconds(100), QUERY),
            "query", QUERY,
            "query, assumes", new Capability.Query(Duration.ofSeconds(30), true),
            "net cancel", new Capability.NetCancel(Duration.ofSeconds(3), Duration.ofSeconds(60)),
            "none", new Capability.None()));

    /** One of the product: what stood, what was asked when, and what came of it. */
    private record Case(
            String name, Capability capability, Progress before, Step step, Instant at, AttemptResult result) {

        Instant known() {
            return at.plusMillis(500);
        }

        Decision decision() {
            Request request = new Request("exchange", "POST", "/orders", Payload.EMPTY);
            IdempotencyKey key = IdempotencyKey.of("0192f0c1-7a3e-7b11-8c55-0123456789ab");
            OpenCall call = new OpenCall(key, request, new Terms(Call.Labels.NONE, null, true), before, null);
            Target target = Target.of("exchange")
                    .withCapability(capability)
                    .withResolutions(3)
                    .withBackoff(new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(16), 0));
            return new Lesson(call, target, step, at, known()).of(result);
        }

        @Nullable
        Progress kept() {
            return decision() instanceof Decision.Keep keep ? keep.progress() : null;
        }

        @Override
        public String toString() {
            return name + ": " + before.state() + (before.givingUp() == null ? "" : " given up") + ", " + step + " at "
                    + Duration.between(SENT, at) + " → " + result;
        }
    }

    private static List<Case> all() {
        List<Case> all = new ArrayList<>();
        CAPABILITIES.forEach((name, capability) -> {
            for (CallState state : List.of(CallState.WAITING, CallState.IN_DOUBT, CallState.UNRESOLVED)) {
                for (Progress.GivingUp wish : new Progress.GivingUp[] {null, Progress.GivingUp.CANCELLED}) {
                    for (int resolutions : state == CallState.WAITING ? List.of(0) : List.of(0, 2)) {
                        SECONDS.forEach(seconds -> addCases(
                                all, name, capability, progress(state, wish, resolutions), SENT.plusSeconds(seconds)));
                    }
                }
            }
        });
        return all;
    }

    private static void addCases(List<Case> all, String name, Capability capability, Progress before, Instant at) {
        Step step = CallMachine.next(before, capability, at);
        if (step.crosses()) {
            for (ResultClass kind : ResultClass.ALL) {
                all.add(new Case(
                        name, capability, before, step, at, kind.results().get(0)));
            }
        }
    }

    private static Progress progress(CallState state, Progress.@Nullable GivingUp wish, int resolutions) {
        Doubt doubt = state == CallState.WAITING ? null : new Doubt(SENT, resolutions, false);
        return new Progress(state, 1, SENT, SENT.plusSeconds(100_000), wish, "before", doubt);
    }

    @Test
    void the_product_is_whole() {
        Map<String, Long> steps = new TreeMap<>();
        all().forEach(c -> steps.merge(c.name + " " + c.step, 1L, Long::sum));

        assertThat(steps.keySet())
                .containsExactly(
                        "key EXECUTE",
                        "key, query EXECUTE",
                        "key, query QUERY",
                        "net cancel CANCEL",
                        "net cancel EXECUTE",
                        "none EXECUTE",
                        "query EXECUTE",
                        "query QUERY",
                        "query, assumes EXECUTE",
                        "query, assumes QUERY");
        assertThat(steps.values()).allMatch(cases -> cases % ResultClass.ALL.size() == 0);
    }

    @Test
    void an_outcome_settles_as_itself_and_nothing_else_settles_but_a_chosen_assumption_after_its_time() {
        for (Case c : all()) {
            if (c.decision() instanceof Decision.Settle settle) {
                boolean assumed = settle.outcome() instanceof Outcome.Never never && never.why() == Why.ASSUMED;
                if (assumed) {
                    assertThat(c.name).as(c.toString()).isEqualTo("query, assumes");
                    assertThat(c.result).as(c.toString()).isEqualTo(new Answer.Absent());
                    assertThat(c.at).as(c.toString()).isAfterOrEqualTo(SENT.plusSeconds(30));
                } else {
                    assertThat(c.result.getClass())
                            .as(c.toString())
                            .isEqualTo(settle.outcome().getClass());
                }
            } else {
                assertThat(c.result).as(c.toString()).isNotInstanceOf(Outcome.class);
            }
        }
    }

    @Test
    void a_doubt_stays_with_its_time_and_arises_from_each_execute_that_may_have_arrived() {
        for (Case c : all()) {
            Progress after = c.kept();
            if (after == null) {
                continue;
            }
            Doubt before = c.before.doubt();
            if (before != null) {
                assertThat(after.doubt()).as(c.toString()).isNotNull();
                assertThat(Objects.requireNonNull(after.doubt()).since())
                        .as(c.toString())
                        .isEqualTo(before.since());
            } else {
                boolean arrivedForAllWeKnow =
                        !(c.result instanceof AttemptResult.NotSent || c.result instanceof Answer.NotExecuted)
                                && !(c.result instanceof Answer.Absent);
                assertThat(after.doubt() != null).as(c.toString()).isEqualTo(arrivedForAllWeKnow);
            }
        }
    }

    @Test
    void where_a_second_request_could_have_a_second_effect_there_is_none_once_one_may_have_arrived() {
        for (Case c : all()) {
            Progress after = c.kept();
            if (after == null || after.doubt() == null) {
                continue;
            }
            for (int seconds : SECONDS) {
                Instant then = c.known().plusSeconds(seconds);
                Step next = CallMachine.next(after, c.capability, then);
                if (c.capability.atMostOnce()) {
                    assertThat(next).as(c.toString()).isNotEqualTo(Step.EXECUTE);
                } else if (!then.isBefore(after.doubt().since().plusSeconds(80))) {
                    assertThat(next).as("%s, %s later", c, seconds).isNotEqualTo(Step.EXECUTE);
                }
                assertThat(next).as(c.toString()).isNotIn(Step.FENCE, Step.SETTLE_NEVER);
            }
        }
    }

    @Test
    void what_is_for_a_person_stays_so_and_says_why() {
        for (Case c : all()) {
            Progress after = c.kept();
            if (after == null) {
                continue;
            }
            assertThat(after.last()).as(c.toString()).isNotBlank().isNotEqualTo("before");
            assertThat(after.attempts()).as(c.toString()).isEqualTo(2);
            assertThat(after.givingUp() == null && c.before.givingUp() != null)
                    .as(c.toString())
                    .isFalse();
            if (c.before.state() == CallState.UNRESOLVED) {
                assertThat(after.state()).as(c.toString()).isEqualTo(CallState.UNRESOLVED);
            }
        }
    }

    @Test
    void no_step_is_repeated_without_a_wait() {
        for (Case c : all()) {
            Progress after = c.kept();
            if (after != null && !after.dueAt().isAfter(c.known())) {
                assertThat(CallMachine.next(after, c.capability, c.known()))
                        .as(c.toString())
                        .isNotEqualTo(c.step);
            }
        }
    }
}
