package dev.nodoubt.test;

import static dev.nodoubt.test.GateBench.assertWithheld;
import static dev.nodoubt.test.GateBench.effect;
import static dev.nodoubt.test.GateBench.none;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.Answer;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Admission.Reason;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Sessions that die, sessions with settings of their own, and few sessions for many requests. */
class PostgresGateSessionTest {

    private static final Reply CREATED = Reply.of(201, Payload.json("{\"id\":7}"));
    private static final String DATABASE = "gatesession";

    private final GateBench bench = new GateBench(SharedPostgres.gate(SharedPostgres.database(DATABASE)));

    @Test
    void a_session_that_dies_while_the_handler_runs_leaves_nothing_and_the_next_attempt_executes_at_once() {
        IdempotencyKey key = bench.newKey();

        Admission first = bench.execute(key, effect(key, transaction -> {
            kill(transaction);
            return CREATED;
        }));

        assertWithheld(first, Reason.HANDLER_FAILED);
        assertThat(bench.execute(key, effect(key, CREATED))).isEqualTo(new Admission.Executed(CREATED, false));
        assertThat(bench.effects(key)).isEqualTo(1);
    }

    @Test
    void a_thread_whose_session_was_killed_and_whose_key_was_fenced_cannot_commit_any_more() {
        IdempotencyKey key = bench.newKey();

        Admission zombie = bench.execute(key, effect(key, transaction -> {
            kill(transaction);
            assertThat(CompletableFuture.supplyAsync(() -> bench.fence(key))
                            .join()
                            .answer())
                    .isEqualTo(Outcome.Never.of(Outcome.Why.FENCED));
            return CREATED;
        }));

        assertWithheld(zombie, Reason.HANDLER_FAILED);
        assertWithheld(bench.execute(key, none()), Reason.FENCED);
        assertThat(bench.effects(key)).isZero();
    }

    @Test
    void a_transaction_that_lasts_too_long_is_ended_by_the_database() {
        Gate impatient = bench.gateWith(GateSettings.DEFAULT.with(
                new GateSettings.Limits(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ZERO, 1000)));
        IdempotencyKey key = bench.newKey();

        Admission admission = impatient.execute(GateBench.request(key, GateBench.BODY), effect(key, transaction -> {
            run(transaction, "SELECT pg_sleep(60)");
            return CREATED;
        }));

        Admission.Withheld withheld = assertWithheld(admission, Reason.HANDLER_FAILED);
        assertThat(withheld.cause())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P04"));
        assertThat(bench.query(key).answer()).isEqualTo(new Answer.Absent());
    }

    @Test
    void the_gate_reads_committed_and_the_handler_keeps_the_lock_wait_of_its_session() {
        PGSimpleDataSource special = new PGSimpleDataSource();
        special.setUrl(SharedPostgres.server().jdbcUrl(DATABASE));
        special.setOptions("-c default_transaction_isolation=serializable -c lock_timeout=1234");
        GateBench other = new GateBench(SharedPostgres.gate(special));
        IdempotencyKey key = bench.newKey();

        Admission admission = other.execute(key, effect(key, transaction -> {
            assertThat(ask(transaction, "SHOW transaction_isolation")).isEqualTo("read committed");
            assertThat(ask(transaction, "SHOW lock_timeout")).isEqualTo("1234ms");
            assertThat(ask(transaction, "SHOW transaction_timeout")).isEqualTo("1min");
            return CREATED;
        }));

        assertThat(admission).isInstanceOf(Admission.Executed.class);
    }

    @Test
    void duplicates_agree_though_the_sessions_default_is_serializable() throws Exception {
        PGSimpleDataSource special = new PGSimpleDataSource();
        special.setUrl(SharedPostgres.server().jdbcUrl(DATABASE));
        special.setOptions("-c default_transaction_isolation=serializable");
        GateBench other = new GateBench(SharedPostgres.gate(special));

        for (int round = 0; round < 10; round++) {
            IdempotencyKey key = bench.newKey();
            List<Admission> admissions = atOnce(8, () -> other.execute(key, effect(key, CREATED)));

            assertThat(admissions)
                    .allSatisfy(
                            admission -> assertThat(admission instanceof Admission.Executed || isInProgress(admission))
                                    .as("%s", admission)
                                    .isTrue());
            assertThat(bench.effects(key)).isEqualTo(1);
        }
    }

    @Test
    void fifty_duplicates_and_five_connections_make_one_execution_and_forty_nine_answers() throws Exception {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(SharedPostgres.server().jdbcUrl(DATABASE));
            pool.setMaximumPoolSize(5);
            pool.setConnectionTimeout(30_000);
            GateBench pooled = new GateBench(SharedPostgres.gate(pool));
            IdempotencyKey key = bench.newKey();
            CountDownLatch others = new CountDownLatch(49);

            List<Admission> admissions = atOnce(50, () -> {
                Admission admission = pooled.execute(key, effect(key, transaction -> {
                    others.await(); // The handler ends only after all the others were answered.
                    return CREATED;
                }));
                others.countDown();
                return admission;
            });

            assertThat(admissions)
                    .filteredOn(a -> a.equals(new Admission.Executed(CREATED, false)))
                    .hasSize(1);
            assertThat(admissions)
                    .filteredOn(PostgresGateSessionTest::isInProgress)
                    .hasSize(49);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    private static boolean isInProgress(Admission admission) {
        return admission instanceof Admission.Withheld withheld && withheld.reason() == Reason.IN_PROGRESS;
    }

    private static <T> List<T> atOnce(int threads, Callable<T> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(threads);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(() -> {
                    start.countDown();
                    start.await();
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    private void kill(Connection session) throws SQLException {
        int pid = session.unwrap(PGConnection.class).getBackendPID();
        bench.run("SELECT pg_terminate_backend(" + pid + ", 30000)");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
