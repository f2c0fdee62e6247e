package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.test.conformance.Receiver;
import dev.nodoubt.test.conformance.Report;
import dev.nodoubt.test.conformance.Setup;
import dev.nodoubt.test.conformance.Suite;
import dev.nodoubt.test.conformance.TestOperation;
import dev.nodoubt.test.conformance.Verdict.Result;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conformance suite finds each of these faults, by the names of the cases that must fail. */
class WrongReceiverTest {

    private static HikariDataSource pool;
    private static ReceiverGate right;

    private interface Fault {
        ReceiverGate in(ReceiverGate right, DataSource pool);
    }

    @BeforeAll
    static void start() {
        SharedPostgres.server().createDatabase("wrong_receivers");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(SharedPostgres.server().jdbcUrl("wrong_receivers"));
        config.setMaximumPoolSize(PlainReceiver.POOL);
        config.setConnectionTimeout(2_000);
        pool = new HikariDataSource(config);
        right = ReceiverGate.over(pool, false);
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @Test
    void looking_before_inserting() throws Exception {
        assertFound(
                WrongReceiver.LooksFirst::new,
                List.of("race.duplicates", "race.fence"),
                List.of("execute.first", "replay.identical", "fence.before", "fence.executed"));
    }

    @Test
    void tombstones_that_are_consumed() throws Exception {
        assertFound(
                WrongReceiver.ConsumesTombstones::new,
                List.of("reuse.of-fenced", "fence.before"),
                List.of("replay.identical", "fence.executed"));
    }

    @Test
    void never_without_a_tombstone() throws Exception {
        assertFound(
                WrongReceiver.GuessesNever::new,
                List.of("fence.before", "race.fence"),
                List.of("fence.executed", "query.absent"));
    }

    @Test
    void replays_to_any_request() throws Exception {
        assertFound(
                WrongReceiver.NeverCompares::new,
                List.of("reuse.body", "reuse.query", "reuse.media-type", "reuse.json-reordered"),
                List.of("replay.identical", "replay.other-headers"));
    }

    @Test
    void absent_while_a_handler_runs() throws Exception {
        assertFound(
                WrongReceiver.SaysAbsent::new,
                List.of("progress.query"),
                List.of("query.absent", "query.executed", "progress.duplicate"));
    }

    @Test
    void failures_that_are_stored() throws Exception {
        assertFound(
                WrongReceiver.StoresFailures::new,
                List.of("fail.status", "fail.thrown", "progress.rolled-back"),
                List.of("replay.identical", "reject.recorded", "refuse.statuses"));
    }

    @Test
    void one_scope_for_all() throws Exception {
        assertFound(
                WrongReceiver.SharesScopes::new,
                List.of("scope.both-execute", "scope.query", "scope.fence", "scope.in-progress"),
                List.of("replay.identical", "auth.required"));
    }

    @Test
    void replays_in_other_bytes() throws Exception {
        assertFound(
                WrongReceiver.WritesAnew::new,
                List.of("replay.identical", "replay.many"),
                List.of("execute.first", "query.executed"));
    }

    @Test
    void effects_outside_the_gates_transaction() throws Exception {
        assertFound(
                WrongReceiver.EffectElsewhere::new,
                List.of("reject.recorded", "fail.thrown", "fence.waits-for-rollback"),
                List.of("replay.identical", "race.duplicates"));
    }

    @Test
    void duplicates_that_hold_connections() throws Exception {
        assertFound(WrongReceiver.WaitsWithConnections::new, List.of("progress.fifty"), List.of("replay.identical"));
    }

    @Test
    void the_first_of_two_keys() throws Exception {
        assertFound(
                WrongReceiver.TakesTheFirstKey::new,
                List.of("key.doubled"),
                List.of("key.required", "key.list", "replay.identical"));
    }

    @Test
    void keys_in_the_log(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("receiver.log");
        try (TestReceiver receiver = new TestReceiver(0, pool, new WrongReceiver.LogsKeys(right, pool, log))) {
            Report report = run(setup(receiver).log(log), List.of("replay.identical", "log.secrets"));

            assertThat(report.ids(Result.FAILED)).containsExactly("log.secrets");
        }
    }

    /** These cases fail and those pass. */
    private static void assertFound(Fault fault, List<String> failing, List<String> passing) throws Exception {
        try (TestReceiver receiver = new TestReceiver(0, pool, fault.in(right, pool))) {
            Setup setup = setup(receiver);

            assertThat(run(setup, failing).ids(Result.FAILED)).isEqualTo(failing);
            assertThat(run(setup, passing).ids(Result.PASSED)).isEqualTo(passing);
            // Otherwise the cases might have failed because the wrong receiver broke down.
            assertThat(receiver.failures()).isZero();
        }
    }

    private static Report run(Setup setup, List<String> cases) throws InterruptedException {
        return new Suite(setup).run(cases, verdict -> {});
    }

    private static Setup setup(TestReceiver receiver) {
        Receiver address = Receiver.at(URI.create("http://127.0.0.1:" + receiver.port() + TestReceiver.PATH));
        return new Setup(address, new TestOperation(address, TestReceiver.SHOP))
                .token(TestReceiver.SHOP)
                .otherToken(TestReceiver.BANK);
    }
}
