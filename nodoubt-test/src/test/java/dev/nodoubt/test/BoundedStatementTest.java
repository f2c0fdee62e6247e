package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallStore.Wanted;
import dev.nodoubt.call.CallStore.Wish;
import dev.nodoubt.jdbc.CallCensus;
import dev.nodoubt.jdbc.JdbcCallStore;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcLookup;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Set;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** H2 keeps the bound of a statement for its whole session, which a pool gives to whoever asks next. */
class BoundedStatementTest {

    private final CallParts calls = SharedH2.calls("bounded");
    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:bounded", "", "");

    @BeforeEach
    void begin() {
        pool.setMaxConnections(1);
    }

    @AfterEach
    void end() {
        pool.dispose();
    }

    @Test
    void aCountLeavesNoBoundBehind() throws SQLException {
        new CallCensus(pool).take();

        assertThat(bound()).isZero();
    }

    @Test
    void aQuestionForLateCallsLeavesNoBoundBehind() throws SQLException {
        CallBench bench = new CallBench(calls);
        long me = bench.join();

        new JdbcCallStore(pool).due(me, new Wish(bench.target, Set.of(), Wanted.ENDED_OR_LATE, null, 10));

        assertThat(bound()).isZero();
    }

    @Test
    void aLookupLeavesNoBoundBehind() throws SQLException {
        JdbcLookup.log(pool, "SELECT 1 FROM nodoubt_call WHERE call_key = ?")
                .find(IdempotencyKey.create(Instant.now()));

        assertThat(bound()).isZero();
    }

    @Test
    void upkeepOfTheGateLeavesNoBoundBehind() throws SQLException {
        new JdbcGateStore(pool).raiseHorizon(Instant.EPOCH);

        assertThat(bound()).isZero();
    }

    private int bound() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.getQueryTimeout();
        }
    }
}
