package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.jdbc.CallCensus;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The count of open calls, whose one statement is the same on each database. */
class CallCensusTest {

    @Test
    void openCallsAreCountedOnPostgresql() throws SQLException {
        openCallsAreCountedByStateAndTheOldestDoubtHasAnAge(SharedPostgres.calls("census"));
    }

    @Test
    void openCallsAreCountedOnMariaDb() throws SQLException {
        openCallsAreCountedByStateAndTheOldestDoubtHasAnAge(SharedMariaDb.calls("census"));
    }

    @Test
    void openCallsAreCountedOnH2() throws SQLException {
        openCallsAreCountedByStateAndTheOldestDoubtHasAnAge(SharedH2.calls("census"));
    }

    private static void openCallsAreCountedByStateAndTheOldestDoubtHasAnAge(CallParts parts) throws SQLException {
        CallBench bench = new CallBench(parts);
        CallCensus census = new CallCensus(parts.database());
        CallCensus.Count before = census.take();
        long me = bench.join();
        Call doubted = bench.call("doubted");
        Call settled = bench.call("settled");
        for (Call call : new Call[] {bench.call("waits"), doubted, settled}) {
            bench.record(me, call);
        }

        bench.defer(me, doubted, CallBench.progress(CallState.IN_DOUBT));
        bench.settle(me, settled, CallBench.EXECUTED);

        CallCensus.Count after = census.take();
        assertThat(before).isEqualTo(CallCensus.Count.NONE);
        assertThat(after.in(CallState.WAITING)).isOne();
        assertThat(after.in(CallState.IN_DOUBT)).isOne();
        assertThat(after.in(CallState.UNRESOLVED)).isZero();
        assertThat(after.oldestDoubt()).isBetween(Duration.ofSeconds(4), Duration.ofMinutes(5));
    }
}
