package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Backoff;
import dev.nodoubt.Payload;
import dev.nodoubt.jdbc.JdbcStagedStore;
import dev.nodoubt.staged.Claim;
import dev.nodoubt.staged.Effect;
import dev.nodoubt.staged.EffectResult;
import dev.nodoubt.staged.Intent;
import dev.nodoubt.staged.IntentState;
import dev.nodoubt.staged.IntentStatus;
import dev.nodoubt.staged.StagedEffects;
import dev.nodoubt.staged.StagedKind;
import dev.nodoubt.staged.StagedPolicy;
import dev.nodoubt.staged.StagedStore;
import dev.nodoubt.staged.StagedWorker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker on a real store, with effects that do what the test wants. What it did is awaited, never slept for. */
@Timeout(60)
class StagedWorkerTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(50);

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static DataSource database;

    private final StagedStore store = new JdbcStagedStore(database);
    private final StagedBench bench = new StagedBench(new StagedParts(store, database));
    private final LinkedBlockingQueue<Claim> attempts = new LinkedBlockingQueue<>();
    private final List<StagedWorker> workers = new ArrayList<>();

    @BeforeAll
    static void create() {
        database = SharedPostgres.database("staged_worker");
    }

    @AfterEach
    void close() {
        workers.forEach(StagedWorker::close);
    }

    @Test
    void what_was_recorded_is_sent_with_its_payload_as_soon_as_the_worker_is_woken() throws Exception {
        StagedWorker worker = start(StagedPolicy.AT_MOST_ONCE, LONG, claim -> new EffectResult.Done("250 ok"));

        Intent intent = bench.recorded();
        worker.wake();

        assertThat(attempt().intent()).isEqualTo(intent);
        assertThat(await(intent, IntentState.SENT).last()).isEqualTo("250 ok");
    }

    @Test
    void sending_is_committed_before_the_effect_begins_and_no_connection_is_held_meanwhile() throws Exception {
        Intent intent = bench.recorded();
        List<IntentState> seen = Collections.synchronizedList(new ArrayList<>());
        start(StagedPolicy.AT_MOST_ONCE, SHORT, claim -> {
            seen.add(bench.find(intent).state());
            return new EffectResult.Done("");
        });

        await(intent, IntentState.SENT);

        assertThat(seen).containsExactly(IntentState.SENDING);
    }

    @Test
    void an_effect_that_throws_leaves_a_doubt_and_the_worker_goes_on() throws Exception {
        Intent broken = bench.recorded();
        start(StagedPolicy.AT_MOST_ONCE, SHORT, claim -> {
            if (claim.intent().equals(broken)) {
                throw new StackOverflowError("secret of the payload");
            }
            return new EffectResult.Done("");
        });

        IntentStatus parked = await(broken, IntentState.IN_DOUBT);
        Intent next = bench.recorded();

        assertThat(parked.doubts()).isEqualTo(1);
        assertThat(parked.times().nextAt()).isNull();
        assertThat(parked.last()).isEqualTo("the attempt failed with StackOverflowError");
        await(next, IntentState.SENT);
    }

    @Test
    void an_effect_that_leaves_its_thread_interrupted_does_not_stop_the_worker() throws Exception {
        start(StagedPolicy.AT_MOST_ONCE, SHORT, claim -> {
            Thread.currentThread().interrupt();
            return new EffectResult.Done("");
        });

        for (int i = 0; i < 4; i++) {
            await(bench.recorded(), IntentState.SENT);
        }
    }

    @Test
    void under_at_least_once_what_is_in_doubt_is_attempted_again_with_its_doubts_counted() throws Exception {
        Intent intent = bench.recorded();
        start(
                StagedPolicy.AT_LEAST_ONCE,
                SHORT,
                claim -> claim.attempts() < 3 ? new EffectResult.InDoubt("reset") : new EffectResult.Done("250 ok"));

        assertThat(await(intent, IntentState.SENT).doubts()).isEqualTo(2);

        Claim first = attempt();
        Claim second = attempt();
        assertThat(second.intent()).isEqualTo(first.intent());
        assertThat(second.recordedAt()).isEqualTo(first.recordedAt());
        assertThat(second.doubts()).isEqualTo(1);
    }

    @Test
    void a_row_that_cannot_be_understood_is_postponed_and_holds_up_nobody() throws Exception {
        Intent poison = bench.recorded();
        try (Connection connection = database.getConnection();
                PreparedStatement spoil = connection.prepareStatement(
                        "UPDATE nodoubt_intent_content SET media_type = E'\\n' WHERE id = CAST(? AS uuid)")) {
            spoil.setString(1, poison.id().toString());
            spoil.executeUpdate();
        }
        Intent good = bench.recorded();

        start(StagedPolicy.AT_MOST_ONCE, SHORT, claim -> new EffectResult.Done(""));

        await(good, IntentState.SENT);
    }

    @Test
    void closing_lets_a_running_attempt_end_and_records_it_and_begins_nothing_more() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Intent running = bench.recorded();
        StagedWorker worker = start(StagedPolicy.AT_MOST_ONCE, SHORT, claim -> {
            begun.countDown();
            awaitQuietly(end);
            return new EffectResult.Done("");
        });
        begun.await();

        Thread closer = new Thread(worker::close);
        closer.start();
        end.countDown();
        closer.join();
        Intent late = bench.recorded();
        worker.wake();

        assertThat(bench.find(running).state()).isEqualTo(IntentState.SENT);
        assertThat(worker.isRunning()).isFalse();
        assertThat(bench.find(late).state()).isEqualTo(IntentState.WAITING);
        worker.start();
        await(late, IntentState.SENT);
    }

    @Test
    void what_ended_long_ago_is_purged_by_the_worker_and_its_payload_with_it() throws Exception {
        Intent old = bench.recorded();
        bench.withdraw(old);

        StagedWorker.Settings forgetful = new StagedWorker.Settings(1, LONG, SHORT, Duration.ofMillis(1));
        StagedWorker worker =
                new StagedWorker(store, kind(StagedPolicy.AT_MOST_ONCE), claim -> new EffectResult.Done(""), forgetful);
        workers.add(worker);
        worker.start();

        while (store.find(old.scope(), old.id()).isPresent()) {
            Thread.onSpinWait();
        }
        try (Connection connection = database.getConnection();
                PreparedStatement left = connection.prepareStatement(
                        "SELECT 1 FROM nodoubt_intent_content WHERE id = CAST(? AS uuid)")) {
            left.setString(1, old.id().toString());
            assertThat(left.executeQuery().next()).isFalse();
        }
    }

    @Test
    void an_intent_is_not_recorded_outside_a_transaction() throws SQLException {
        try (Connection connection = database.getConnection()) {
            assertThatThrownBy(() -> new StagedEffects(store).record(connection, bench.intent()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("autocommit");
        }
    }

    @Test
    void a_lease_that_ends_before_the_attempt_must_is_refused() {
        StagedKind kind = kind(StagedPolicy.AT_LEAST_ONCE);
        StagedWorker.Settings settings =
                new StagedWorker.Settings(1, kind.attemptTimeout().plusMillis(999), SHORT, LONG);

        assertThatThrownBy(() -> new StagedWorker(store, kind, claim -> new EffectResult.Done(""), settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lease must be at least 1 s longer than attemptTimeout");
    }

    @Test
    void kinds_scopes_and_their_limits_are_checked_where_an_intent_is_made() {
        UUID id = UUID.randomUUID();
        assertThatThrownBy(() -> new Intent(id, "Mail", "bank", Payload.EMPTY)).hasMessageContaining("kind must be");
        assertThatThrownBy(() -> new Intent(id, "mail", "", Payload.EMPTY)).hasMessageContaining("scope must have");
        assertThatThrownBy(() -> new Intent(id, "mail", "a\nb", Payload.EMPTY)).hasMessageContaining("control");
        assertThat(new Intent(id, "mail", "bank", Payload.json("{\"to\":\"kim\"}")))
                .hasToString("mail " + id);
        assertThat(Set.of(IntentState.values()))
                .allSatisfy(state -> assertThat(IntentState.of(state.word())).isEqualTo(state));
    }

    private StagedWorker start(StagedPolicy policy, Duration poll, Effect effect) {
        StagedWorker.Settings settings = new StagedWorker.Settings(2, LONG, poll, Duration.ofDays(1));
        StagedWorker worker = new StagedWorker(
                store,
                kind(policy),
                claim -> {
                    attempts.add(claim);
                    return effect.attempt(claim);
                },
                settings);
        workers.add(worker);
        worker.start();
        return worker;
    }

    private StagedKind kind(StagedPolicy policy) {
        return new StagedKind(bench.kind, policy, Duration.ofSeconds(30), new Backoff(SHORT, SHORT, 0));
    }

    private Claim attempt() throws InterruptedException {
        Claim claim = attempts.poll(60, TimeUnit.SECONDS);
        assertThat(claim).as("an attempt").isNotNull();
        return claim;
    }

    private IntentStatus await(Intent intent, IntentState state) {
        while (true) {
            IntentStatus found = bench.find(intent);
            if (found.state() == state) {
                return found;
            }
            Thread.onSpinWait();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
