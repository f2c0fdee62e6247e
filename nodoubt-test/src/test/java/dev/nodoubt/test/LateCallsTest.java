package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallStore.Wanted;
import dev.nodoubt.call.CallStore.Wish;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.jdbc.JdbcCallStore;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The question for late calls reads all that wait: what takes it too long keeps nothing else from a scan. */
class LateCallsTest {

    @Test
    void aQuestionForLateCallsThatTakesTooLongEndsOnPostgresql() throws SQLException {
        whatNeedsNoAttemptIsFoundAlsoWhereTheQuestionForLateCallsTakesTooLong(
                SharedPostgres.calls("late"), "pg_sleep(60) IS NOT NULL");
    }

    @Test
    void aQuestionForLateCallsThatTakesTooLongEndsOnMariaDb() throws SQLException {
        whatNeedsNoAttemptIsFoundAlsoWhereTheQuestionForLateCallsTakesTooLong(
                SharedMariaDb.calls("late"), "sleep(60) = 0");
    }

    private static void whatNeedsNoAttemptIsFoundAlsoWhereTheQuestionForLateCallsTakesTooLong(
            CallParts parts, String slow) throws SQLException {
        CallBench bench = new CallBench(parts);
        long me = bench.join();
        Call cancelled = bench.call("cancelled");
        Call late = bench.call("late");
        bench.record(me, cancelled);
        bench.record(me, late);
        bench.store.cancel(cancelled.key());
        Sql.execute(parts.database(), "UPDATE nodoubt_call SET deadline_at = recorded_at");
        DataSource slowed = RewrittenDatabase.of(
                parts.database(), sql -> sql.replace("deadline_at <= ?", "deadline_at <= ? AND " + slow));
        Wish wish = new Wish(bench.target, Set.of(), Wanted.ENDED_OR_LATE, null, 10);

        assertThat(bench.store.due(me, wish)).extracting(OpenCall::key).containsExactly(cancelled.key(), late.key());
        assertThat(new JdbcCallStore(slowed).due(me, wish))
                .extracting(OpenCall::key)
                .containsExactly(cancelled.key());
    }
}
