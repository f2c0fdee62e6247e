package dev.nodoubt.demo.nodes;

import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.Target;
import dev.nodoubt.http.HttpTarget;
import dev.nodoubt.http.HttpTransport;
import dev.nodoubt.jdbc.JdbcCallStore;
import dev.nodoubt.jdbc.Schema;
import dev.nodoubt.test.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures calls to two healthy targets, from their recording to their settlement by the database's clock, while a third
 * target of the same relay is not called, answers, or hangs. The three take turns, each with a relay of its own.
 */
final class SlowTarget implements AutoCloseable {

    private static final List<String> HEALTHY = List.of("well", "fine");
    private static final String THIRD = "third";

    private static final String OPEN = "SELECT count(*) FROM nodoubt_call WHERE target <> 'third'";

    private static final String TOOK = """
            SELECT extract(epoch FROM settled_at - recorded_at) * 1000 FROM nodoubt_settled
            WHERE target <> 'third' AND state = 'executed' ORDER BY 1
            """;

    private final Settings settings;
    private final EmbeddedPostgres server = EmbeddedPostgres.start();
    private final HikariDataSource database = new HikariDataSource();
    private final HikariDataSource effects = new HikariDataSource();
    private final Receiver receiver;
    private final HangingServer hanging = new HangingServer();

    /** What the third target does. */
    enum Third {
        IS_NOT_CALLED,
        ANSWERS,
        HANGS
    }

    /**
     * How it is measured.
     *
     * @param rounds of one run of each kind
     * @param calls to each target in a run
     * @param pause between two calls to one target
     * @param breaker of the third target; a wide window never lets it open, so that the target goes on hanging
     */
    record Settings(int rounds, int calls, Duration pause, Target.Breaker breaker) {}

    SlowTarget(Settings settings) throws IOException, SQLException {
        this.settings = settings;
        open(database, "caller");
        open(effects, "called");
        execute(effects, "CREATE TABLE effect (body text NOT NULL)");
        this.receiver = new Receiver(effects);
    }

    private void open(HikariDataSource pool, String name) throws SQLException {
        server.createDatabase(name);
        pool.setJdbcUrl(server.jdbcUrl(name));
        new Schema(pool).create();
    }

    /** Milliseconds of each call to a healthy target, ascending, by run. */
    Map<Third, List<List<Double>>> run() throws Exception {
        Map<Third, List<List<Double>>> took = new EnumMap<>(Third.class);
        for (Third third : Third.values()) {
            took.put(third, new ArrayList<>());
            once(third); // warms up
        }
        for (int round = 0; round < settings.rounds; round++) {
            for (int turn = 0; turn < Third.values().length; turn++) {
                Third third = Third.values()[(round + turn) % Third.values().length];
                took.getOrDefault(third, new ArrayList<>()).add(once(third));
            }
        }
        return took;
    }

    private List<Double> once(Third third) throws Exception {
        execute(database, "TRUNCATE nodoubt_call, nodoubt_settled, nodoubt_attempt, nodoubt_target, nodoubt_node");
        execute(database, "VACUUM nodoubt_call, nodoubt_settled");
        int port = third == Third.HANGS ? hanging.port() : receiver.port();
        try (HttpTransport transport = new HttpTransport(List.of(
                        reached(HEALTHY.get(0), receiver.port()),
                        reached(HEALTHY.get(1), receiver.port()),
                        reached(THIRD, port)));
                Relay relay = new Relay(
                        new JdbcCallStore(database),
                        transport,
                        List.of(
                                Target.of(HEALTHY.get(0)),
                                Target.of(HEALTHY.get(1)),
                                new Target(
                                        THIRD,
                                        Target.of(THIRD).capability(),
                                        Target.Bulkhead.DEFAULT,
                                        Target.of(THIRD).backoff(),
                                        settings.breaker,
                                        100,
                                        Target.of(THIRD).stopOn())),
                        Relay.Settings.DEFAULT)) {
            relay.start();
            long next = System.nanoTime();
            for (int i = 0; i < settings.calls; i++) {
                for (String target : HEALTHY) {
                    send(relay.outbox(), target);
                }
                if (third != Third.IS_NOT_CALLED) {
                    send(relay.outbox(), THIRD);
                }
                next += settings.pause.toNanos();
                LockSupport.parkNanos(next - System.nanoTime());
            }
            while (number(OPEN) > 0) {
                Thread.sleep(50);
            }
            return took();
        }
    }

    private static HttpTarget reached(String name, int port) {
        return HttpTarget.of(name, URI.create("http://127.0.0.1:" + port + "/" + name));
    }

    private void send(Outbox outbox, String target) throws SQLException {
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            Outbox.Recorded recorded = outbox.send(transaction, Call.post(target, "/notes", Payload.json("{}")));
            transaction.commit();
            recorded.committed();
        }
    }

    private int number(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private List<Double> took() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(TOOK);
                ResultSet rows = select.executeQuery()) {
            List<Double> took = new ArrayList<>();
            while (rows.next()) {
                took.add(rows.getDouble(1));
            }
            return took;
        }
    }

    private static void execute(HikariDataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        receiver.close();
        hanging.close();
        database.close();
        effects.close();
        server.close();
    }
}
