package dev.nodoubt.bench.parts;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.Answer;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Finding;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateRequest;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.jdbc.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A round through the gate on H2 in memory, with a handler that does nothing: what is left is the gate's own. */
@State(Scope.Benchmark)
public class GateRoundPart {

    private final HikariDataSource pool = pool();
    private final Gate gate =
            new Gate(new JdbcGateStore(pool), new JdbcTransactions(pool), GateSettings.DEFAULT, InstantSource.system());

    // Older than what the gate takes for a first attempt, as a repetition after a lost answer mostly is.
    private final IdempotencyKey known = IdempotencyKey.create(Instant.now().minusSeconds(60));

    private static HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:parts;DB_CLOSE_DELAY=-1");
        config.setMaximumPoolSize(2);
        HikariDataSource made = new HikariDataSource(config);
        new Schema(made).create();
        return made;
    }

    /** Each iteration begins with one row, so that none pays for the rows of those before. */
    @Setup(Level.Iteration)
    public void empty() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE TABLE nodoubt_gate");
        }
        Material.require(isReplayed(replay(), false) && isReplayed(replay(), true), "executed once, then replayed");
        Material.require(isReplayed(execute(), false), "executed");
        Material.require(query().answer() instanceof Outcome.Executed, "found as executed");
        Material.require(queryAbsent().answer() instanceof Answer.Absent, "not found");
    }

    private static boolean isReplayed(Admission admission, boolean expected) {
        return admission instanceof Admission.Executed executed && executed.replayed() == expected;
    }

    @TearDown(Level.Trial)
    public void close() {
        pool.close();
    }

    @Benchmark
    public Admission execute() {
        return execute(IdempotencyKey.create(Instant.now()));
    }

    @Benchmark
    public Admission replay() {
        return execute(known);
    }

    @Benchmark
    public Finding query() {
        return gate.query(Material.SCOPE, known);
    }

    @Benchmark
    public Finding queryAbsent() {
        return gate.query(Material.SCOPE, Material.KEY);
    }

    private Admission execute(IdempotencyKey key) {
        GateRequest request = GateRequest.of(Material.SCOPE, key, "POST", Material.PATH, Material.ORDER);
        return gate.execute(request, transaction -> Material.REPLY);
    }
}
