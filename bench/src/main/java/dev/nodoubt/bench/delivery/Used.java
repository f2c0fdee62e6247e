package dev.nodoubt.bench.delivery;

import dev.nodoubt.bench.measure.BenchDatabase;
import dev.nodoubt.bench.measure.BenchDatabase.Written;
import dev.nodoubt.bench.measure.CpuMeter;
import dev.nodoubt.test.ChildJvm;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;

/**
 * What an application and its database had used at a moment.
 *
 * @param deadRows updates and deletes of all tables but the transfer's own
 */
record Used(CpuMeter.Cpu cpu, Written written, double deadRows) {

    private static final String DEAD_ROWS = """
            SELECT coalesce(sum(n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables WHERE relname NOT IN ('transfer', 'account')
            """;

    /** Of an application that is not busy yet. What asking costs counts as used before. */
    static Used before(ChildJvm application, BenchDatabase database) throws IOException, SQLException {
        Used used = after(application, database);
        return new Used(cpu(application, database), used.written, used.deadRows);
    }

    /** Of an application that is not busy any more. */
    static Used after(ChildJvm application, BenchDatabase database) throws IOException, SQLException {
        CpuMeter.Cpu cpu = cpu(application, database);
        Control.get(application.port(), "/report");
        return new Used(cpu, Objects.requireNonNull(database.written()), database.inside(DEAD_ROWS));
    }

    private static CpuMeter.Cpu cpu(ChildJvm application, BenchDatabase database) throws IOException {
        return new CpuMeter(application.pid(), database.pid()).read();
    }

    private Used minus(Used before) {
        return new Used(cpu.minus(before.cpu), written.minus(before.written), deadRows - before.deadRows);
    }

    /** Adds what was used since then, for each of so many calls. */
    void since(Used before, double calls, String prefix, Map<String, Double> values) {
        Used used = minus(before);
        values.put(prefix + "applicationMicros", used.cpu.receiver() / calls);
        values.put(prefix + "databaseMicros", used.cpu.database() / calls);
        values.put(prefix + "walBytes", used.written.walBytes() / calls);
        values.put(prefix + "commits", used.written.commits() / calls);
        values.put(prefix + "statements", used.written.statements() / calls);
        values.put(prefix + "deadRows", used.deadRows / calls);
    }
}
