package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore.Heard;
import dev.nodoubt.jdbc.JdbcCallStore;
import dev.nodoubt.jdbc.JdbcDeskStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What a second connection may lock, at a moment in the midst of another one's transaction. */
class DeskLocksTest {

    private static final String CONDITIONS = "SELECT c.call_key FROM nodoubt_call c";
    private static final String TAKE = "DELETE FROM nodoubt_hurry WHERE call_key = ? AND asks = ?";

    @Test
    void nobodyEndsAPauseOnWhichACancelReliesOnPostgresql() throws SQLException {
        nobodyEndsAPauseOnWhichACancelRelies(SharedPostgres.calls("pause_lock"));
    }

    @Test
    void nobodyEndsAPauseOnWhichACancelReliesOnMariaDb() throws SQLException {
        nobodyEndsAPauseOnWhichACancelRelies(SharedMariaDb.calls("pause_lock"));
    }

    @Test
    void nobodyEndsAPauseOnWhichACancelReliesOnH2() throws SQLException {
        nobodyEndsAPauseOnWhichACancelRelies(SharedH2.calls("pause_lock"));
    }

    private static void nobodyEndsAPauseOnWhichACancelRelies(CallParts parts) throws SQLException {
        DeskBench bench = new DeskBench(Desks.on(parts));
        Call due = bench.calls.call("due");
        bench.calls.record(bench.calls.join(), due);
        bench.desk.pause(bench.calls.target, bench.operator);
        bench.pausedAnHourAgo();
        List<Boolean> locked = new ArrayList<>();
        DataSource watched = watched(parts, CONDITIONS, () -> locked.add(!isFree(parts, bench.calls.target)));

        assertThat(new JdbcDeskStore(watched)
                        .cancel(due.key(), CallBench.LEASE, bench.operator)
                        .isDone())
                .isTrue();

        assertThat(locked).containsExactly(true);
        assertThat(isFree(parts, bench.calls.target)).isTrue();
    }

    /** Else two nodes that forget the same wishes, done at one and ended for the other, may wait for each other. */
    @Test
    void aNodeForgetsAllWishesAtOnceOnPostgresql() throws SQLException {
        aNodeForgetsAllWishesAtOnce(SharedPostgres.calls("wish_lock"));
    }

    @Test
    void aNodeForgetsAllWishesAtOnceOnMariaDb() throws SQLException {
        aNodeForgetsAllWishesAtOnce(SharedMariaDb.calls("wish_lock"));
    }

    @Test
    void aNodeForgetsAllWishesAtOnceOnH2() throws SQLException {
        aNodeForgetsAllWishesAtOnce(SharedH2.calls("wish_lock"));
    }

    private static void aNodeForgetsAllWishesAtOnce(CallParts parts) throws SQLException {
        DeskBench bench = new DeskBench(Desks.on(parts));
        long me = bench.calls.join();
        Call ended = bench.later(me, CallState.IN_DOUBT);
        Call done = bench.later(me, CallState.IN_DOUBT);
        for (Call call : List.of(ended, done)) {
            bench.desk.attempt(call.key(), bench.operator);
        }
        bench.calls.settle(me, ended, CallBench.EXECUTED);
        List<Integer> free = new ArrayList<>();
        DataSource watched =
                watched(parts, TAKE, () -> free.add(freeRows(parts, "SELECT call_key FROM nodoubt_hurry")));
        Heard heard = new Heard(Map.of(done.key(), false), Set.of(), null);

        assertThat(new JdbcCallStore(watched).demands(me, heard).hurried()).isEmpty();

        assertThat(free)
                .as("wishes that no lock stands on, before the first is forgotten")
                .containsExactly(2);
        assertThat(freeRows(parts, "SELECT call_key FROM nodoubt_hurry")).isZero();
    }

    /** Something is done each time before this statement is prepared. */
    private static DataSource watched(CallParts parts, String statement, Runnable before) {
        return RewrittenDatabase.of(parts.database(), sql -> {
            if (sql.startsWith(statement)) {
                before.run();
            }
            return sql;
        });
    }

    private static boolean isFree(CallParts parts, String target) {
        return freeRows(parts, "SELECT target FROM nodoubt_pause WHERE target = '" + target + "'") == 1;
    }

    private static int freeRows(CallParts parts, String select) {
        try (Connection connection = parts.database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select + " FOR UPDATE SKIP LOCKED")) {
            int free = 0;
            while (rows.next()) {
                free++;
            }
            return free;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
