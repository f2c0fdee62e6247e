package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.Answer;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateRequest;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.gate.Work;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.jdbc.Schema;
import dev.nodoubt.test.GateRace.Said;
import dev.nodoubt.test.GateRace.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The unique row of a key decides every race: shown by racing, and by racing three gates that get it wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GateRaceContract {

    private static final int KEYS = 2001;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String endSession;
    private HikariDataSource pool;

    /**
     * A race in this database.
     *
     * @param jdbcUrl of an empty database
     * @param endSession SQL by which a session ends itself
     */
    GateRaceContract(String jdbcUrl, String endSession) {
        this.endSession = endSession;
        pool = new HikariDataSource();
        pool.setJdbcUrl(jdbcUrl);
        pool.setMaximumPoolSize(24);
    }

    @BeforeAll
    void prepare() throws Exception {
        new Schema(pool).create();
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            for (String table : WrongGate.TABLES) {
                statement.execute(table);
            }
        }
    }

    @AfterAll
    void stop() {
        pool.close();
    }

    private Verdict race(GateRace.Contestant contestant, int keys, long seed) throws Exception {
        Verdict verdict = new GateRace(pool, endSession, contestant, seed).run(keys);
        log.info("{}: {}", contestant.getClass().getSimpleName(), verdict);
        return verdict;
    }

    @Test
    void no_answer_of_the_gate_is_ever_wrong() throws Exception {
        long seed = System.nanoTime();

        Verdict verdict = race(new Real(pool), KEYS, seed);

        assertThat(verdict.violations()).as("seed %d, %s", seed, verdict).isZero();
        assertThat(verdict.keys()).isEqualTo(KEYS);
        assertThat(verdict.said())
                .as("every kind of answer was raced for")
                .containsKeys(Said.EXECUTED, Said.REJECTED, Said.FENCED, Said.NOT_EXECUTED, Said.OPEN);
    }

    @Test
    void a_gate_that_looks_before_it_inserts_is_found_out() throws Exception {
        Verdict verdict = race(new WrongGate.LooksFirst(pool), KEYS / 4, 1);

        assertThat(verdict.doubled()).as("%s", verdict).isPositive();
        assertThat(verdict.falseFenced()).as("%s", verdict).isPositive();
    }

    @Test
    void a_gate_that_consumes_its_tombstones_is_found_out() throws Exception {
        Verdict verdict = race(new WrongGate.ConsumesTombstones(pool), KEYS / 4, 1);

        assertThat(verdict.falseFenced()).as("%s", verdict).isPositive();
    }

    @Test
    void a_gate_that_holds_its_key_by_a_lease_is_found_out() throws Exception {
        Verdict verdict = race(new WrongGate.HoldsByLease(pool), KEYS / 4, 1);

        assertThat(verdict.doubled() + verdict.falseFenced()).as("%s", verdict).isPositive();
    }

    private static final class Real implements GateRace.Contestant {

        private final Gate gate;

        Real(DataSource database) {
            gate = new Gate(
                    new JdbcGateStore(database),
                    new JdbcTransactions(database),
                    GateSettings.DEFAULT,
                    InstantSource.system());
        }

        @Override
        public Said execute(IdempotencyKey key, Work work) {
            GateRequest request = GateRequest.of("shop", key, "POST", "/x", GateBench.BODY);
            Admission admission = gate.execute(request, work);
            if (admission instanceof Admission.Executed) {
                return Said.EXECUTED;
            }
            if (admission instanceof Admission.Rejected) {
                return Said.REJECTED;
            }
            if (admission instanceof Admission.NotExecuted) {
                return Said.NOT_EXECUTED;
            }
            return switch (((Admission.Withheld) admission).reason()) {
                case FENCED -> Said.FENCED;
                case IN_PROGRESS -> Said.OPEN;
                case HANDLER_FAILED -> Said.NOT_EXECUTED;
                default -> throw new AssertionError("the gate answered " + admission);
            };
        }

        @Override
        public Said fence(IdempotencyKey key) {
            return said(gate.fence("shop", key, Duration.ofMillis(500), "").answer());
        }

        @Override
        public Said query(IdempotencyKey key) {
            return said(gate.query("shop", key).answer());
        }

        private static Said said(Answer answer) {
            if (answer instanceof Outcome.Executed) {
                return Said.EXECUTED;
            }
            if (answer instanceof Outcome.Rejected) {
                return Said.REJECTED;
            }
            return answer instanceof Outcome.Never ? Said.FENCED : Said.OPEN;
        }
    }
}
