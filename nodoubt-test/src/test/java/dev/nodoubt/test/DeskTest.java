package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Attempt;
import dev.nodoubt.call.AuditEntry;
import dev.nodoubt.call.Awaited;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Capability;
import dev.nodoubt.call.Crossing;
import dev.nodoubt.call.Deed;
import dev.nodoubt.call.Desk;
import dev.nodoubt.call.DeskStore;
import dev.nodoubt.call.Operator;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.Step;
import dev.nodoubt.call.Target;
import dev.nodoubt.call.Transport;
import dev.nodoubt.jdbc.JdbcCallStore;
import dev.nodoubt.jdbc.JdbcDeskStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator's desk beside a relay that runs: what is done there is done by the relay. */
class DeskTest {

    private static final Backoff LONG = new Backoff(Duration.ofHours(1), Duration.ofHours(1), 0);
    private static final Target MAIL = Target.of("mail").withBackoff(LONG);
    private static final Target FAX = Target.of("fax").withBackoff(LONG).withCapability(new Capability.None());
    private static final Operator KIM = new Operator("kim", "the partner asked for it");

    private final IdempotencyKey none = IdempotencyKey.create(Instant.now());
    private final DataSource database = SharedH2.database("desk-" + UUID.randomUUID());
    private final LosingNetwork network = new LosingNetwork();
    private final Relay relay =
            new Relay(new JdbcCallStore(database), network, List.of(MAIL, FAX), Relay.Settings.DEFAULT);
    private final Desk desk = new Desk(new JdbcDeskStore(database), relay);

    /** Its answers to executions are lost; queries tell that it was executed. */
    private static final class LosingNetwork implements Transport {
        private final BlockingQueue<Attempt> attempts = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<Crossing> cross(Attempt attempt) {
            boolean probe = attempt.request().path().equals("/");
            if (!probe) {
                attempts.add(attempt);
            }
            AttemptResult result = attempt.step() == Step.QUERY
                    ? new Outcome.Executed(Reply.of(201))
                    : new AttemptResult.Lost("no answer");
            return CompletableFuture.completedStage(Crossing.of(result));
        }

        /** The next attempt that leaves. */
        Attempt next() throws InterruptedException {
            Attempt next = attempts.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("an attempt within 30 s").isNotNull();
            return Objects.requireNonNull(next);
        }

        @Override
        public Duration longest(String target) {
            return Duration.ofSeconds(1);
        }

        @Override
        public Set<String> targets() {
            return Set.of("mail", "fax");
        }

        @Override
        public Set<Step> steps(String target) {
            return EnumSet.of(Step.EXECUTE, Step.QUERY, Step.FENCE);
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void start() {
        relay.start();
    }

    @AfterEach
    void close() {
        relay.close();
    }

    private Outbox.Recorded send(String target) throws SQLException {
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            Outbox.Recorded recorded =
                    relay.outbox().send(transaction, Call.post(target, "/api/orders", Payload.json("{}")));
            transaction.commit();
            recorded.committed();
            return recorded;
        }
    }

    /** The attempt's end is written a moment after it. */
    private void untilInDoubt(IdempotencyKey key) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            while (relay.outbox().find(key).orElseThrow().state() != CallState.IN_DOUBT) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void a_call_in_doubt_is_attempted_again_at_once() throws Exception {
        IdempotencyKey key = send("mail").key();
        assertThat(network.next().step()).isEqualTo(Step.EXECUTE);
        untilInDoubt(key);

        Map<IdempotencyKey, Deed> deeds = desk.attemptNow(List.of(key, none), KIM);

        assertThat(network.next().key()).isEqualTo(key);
        assertThat(deeds.get(key))
                .isNotNull()
                .satisfies(deed -> assertThat(deed.isDone()).isTrue());
        assertThat(deeds.get(none)).isEqualTo(new Deed(Deed.Result.NO_SUCH_CALL, null));
    }

    @Test
    void a_call_in_doubt_is_asked_for_at_once_and_settled_by_the_answer() throws Exception {
        Outbox.Recorded recorded = send("mail");
        network.next();
        untilInDoubt(recorded.key());

        assertThat(desk.askNow(recorded.key(), KIM).isDone()).isTrue();

        assertThat(network.next().step()).isEqualTo(Step.QUERY);
        assertThat(recorded.await(Duration.ofSeconds(30))).isInstanceOf(Awaited.Known.class);
        assertThat(desk.askNow(recorded.key(), KIM)).isEqualTo(new Deed(Deed.Result.ENDED, CallState.EXECUTED));
    }

    @Test
    void where_nobody_can_be_asked_the_desk_says_so_and_settles_by_hand() throws Exception {
        Outbox.Recorded recorded = send("fax");
        network.next();
        assertThat(recorded.await(Duration.ofSeconds(30))).isInstanceOf(Awaited.Open.class);
        Deed notPossible = new Deed(Deed.Result.NOT_POSSIBLE, CallState.UNRESOLVED);

        assertThat(desk.mayAsk("fax")).isFalse();
        assertThat(desk.askNow(recorded.key(), KIM)).isEqualTo(notPossible);
        assertThat(desk.attemptNow(recorded.key(), KIM)).isEqualTo(notPossible);
        assertThatThrownBy(
                        () -> desk.settle(recorded.key(), Outcome.Never.of(Outcome.Why.BY_HAND), Operator.named("kim")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reason must not be blank");

        Deed deed = desk.settle(recorded.key(), Outcome.Never.of(Outcome.Why.BY_HAND), KIM);
        assertThat(deed).isEqualTo(new Deed(Deed.Result.DONE, CallState.NEVER));
    }

    @Test
    void a_paused_target_is_shown_as_such_and_attempted_when_it_is_resumed() throws Exception {
        assertThat(desk.pause("mail", KIM).isDone()).isTrue();
        assertThat(desk.targets())
                .filteredOn(view -> view.pause() != null)
                .extracting(Desk.TargetView::name)
                .containsExactly("mail");

        assertThat(desk.resume("mail", KIM).isDone()).isTrue();
        send("mail");

        assertThat(network.next().request().target()).isEqualTo("mail");
        assertThat(desk.targets()).allSatisfy(view -> assertThat(view.pause()).isNull());
        assertThatThrownBy(() -> desk.pause("nowhere", KIM)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void who_resumes_a_target_that_somebody_else_has_just_resumed_does_nothing() throws Exception {
        desk.pause("mail", KIM);
        send("mail");
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            while (relay.targets().stream().allMatch(status -> status.problem() == null)) {
                Thread.onSpinWait();
            }
        });
        new JdbcDeskStore(database).resume("mail", false, Operator.named("lee"));

        Deed deed = desk.resume("mail", KIM);

        assertThat(deed).isEqualTo(new Deed(Deed.Result.ALREADY, null));
        assertThat(desk.audit(DeskStore.AuditQuery.NEWEST.of(AuditEntry.Action.RESUME)))
                .extracting(entry -> entry.by().actor())
                .containsExactly("lee");
    }

    @Test
    void an_action_on_too_many_calls_is_refused_before_the_first() {
        List<IdempotencyKey> many = Collections.nCopies(Desk.MOST_AT_ONCE + 1, none);

        assertThatThrownBy(() -> desk.giveUp(many, KIM)).hasMessageContaining("at most 500");
    }
}
