package dev.nodoubt.demo;

import dev.nodoubt.Backoff;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.Target;
import dev.nodoubt.demo.lane.Pace;
import dev.nodoubt.http.HttpTarget;
import dev.nodoubt.http.HttpTransport;
import dev.nodoubt.jdbc.JdbcCallStore;
import dev.nodoubt.jdbc.Schema;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * One relay with three targets: {@code well} is a healthy receiver, {@code busy} and {@code quiet} are both the mail
 * service, with many calls and with one. Made of the library alone.
 */
final class Bystander implements AutoCloseable {

    static final String WELL = "well";
    static final String BUSY = "busy";
    static final String QUIET = "quiet";

    private static final String TABLE = """
            CREATE TABLE note (body text NOT NULL)
            """;

    private static final String OPEN_CALLS = """
            SELECT count(*) FROM nodoubt_call
            """;

    private static final String NOTES = """
            SELECT count(*) FROM note
            """;

    private static final String DIFFERENT_NOTES = """
            SELECT count(DISTINCT body) FROM note
            """;

    private final DataSource database;
    private final HealthyReceiver receiver;
    private final HttpTransport transport;
    private final Relay relay;
    private final Samples samples = new Samples();
    private final Map<String, Long> underWay = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * Starts it.
     *
     * @param database empty
     * @param busy the port of the mail service for the target with many calls
     * @param quiet the same for the target with one call
     */
    Bystander(DataSource database, int busy, int quiet, Pace pace) throws IOException, SQLException {
        this.database = database;
        new Schema(database).create();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        this.receiver = new HealthyReceiver(database, this::noted);
        this.transport = new HttpTransport(
                List.of(reached(WELL, receiver.port(), pace), reached(BUSY, busy, pace), reached(QUIET, quiet, pace)));
        List<Target> targets = List.of(protectedBy(WELL, pace), protectedBy(BUSY, pace), protectedBy(QUIET, pace));
        this.relay = new Relay(new JdbcCallStore(database), transport, targets, Relay.Settings.DEFAULT);
        relay.start();
    }

    /** From a call's commit at the caller until its effect at the healthy receiver. */
    Samples samples() {
        return samples;
    }

    /** How many calls there are to each of the two targets with traffic. */
    int calls() {
        return calls.get();
    }

    /** One more call to each of the two targets with traffic. */
    void callBoth() throws SQLException {
        int number = calls.incrementAndGet();
        String note = "{\"note\":" + number + "}";
        underWay.put(note, System.nanoTime());
        send(Call.post(WELL, "/notes", Payload.json(note)));
        notify(BUSY, number);
    }

    /** One notification over this target. */
    void notify(String target, int number) throws SQLException {
        send(Call.post(target, "/api/notifications", Payload.json("""
                {"to": "bystander@example.com", "subject": "%1$s", "text": "%1$s", "transferId": "%1$s"}""".formatted(target + "-" + number))));
    }

    /** Calls without an outcome yet. */
    int open() throws SQLException {
        return number(OPEN_CALLS);
    }

    /** Effects at the healthy receiver. */
    int notes() throws SQLException {
        return number(NOTES);
    }

    /** Calls of which the healthy receiver has the effect. */
    int differentNotes() throws SQLException {
        return number(DIFFERENT_NOTES);
    }

    @Override
    public void close() {
        relay.close();
        transport.close();
        receiver.close();
    }

    private void send(Call call) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Outbox.Recorded recorded = relay.outbox().send(connection, call);
            connection.commit();
            recorded.committed();
        }
    }

    private void noted(String body) {
        Long began = underWay.remove(body);
        if (began != null) {
            samples.add(began, System.nanoTime());
        }
    }

    private int number(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static HttpTarget reached(String name, int port, Pace pace) {
        return HttpTarget.of(name, URI.create("http://127.0.0.1:" + port))
                .withTimeouts(new HttpTarget.Timeouts(
                        pace.connect(), pace.response(), pace.response(), Duration.ofMillis(200)));
    }

    private static Target protectedBy(String name, Pace pace) {
        Target usual = Target.of(name);
        return usual.withBackoff(new Backoff(
                        pace.backoffFirst(), pace.backoffCap(), usual.backoff().jitter()))
                .withBreaker(new Target.Breaker(
                        pace.breakerWindow(),
                        pace.breakerOpen(),
                        usual.breaker().probes()));
    }
}
