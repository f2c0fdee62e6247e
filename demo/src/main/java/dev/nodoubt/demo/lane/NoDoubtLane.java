package dev.nodoubt.demo.lane;

import dev.nodoubt.IdempotencyKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real transfer service: it records the call in the transfer's own transaction and settles it afterwards. Its clients
 * repeat a request without a good answer under the same key.
 */
public final class NoDoubtLane implements Lane {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** Long enough for a service that was killed to be back. */
    private static final Duration GIVE_UP = Duration.ofSeconds(90);

    private static final String LAST = """
            SELECT coalesce(max(id), 0) FROM transfer
            """;

    private static final String COMMITTED = """
            SELECT id FROM transfer WHERE id > ?
            """;

    private static final String OPEN_CALLS = """
            SELECT count(*) FROM nodoubt_call
            """;

    /** What waits for a person is not worked on. */
    private static final String UNDER_WAY = """
            SELECT count(*) FROM nodoubt_call WHERE state <> 'unresolved'
            """;

    private static final String UNRESOLVED = """
            SELECT t.id FROM transfer t JOIN nodoubt_call c ON c.call_key = t.notification_key
            WHERE c.state = 'unresolved' AND t.id > ?
            ORDER BY t.id
            """;

    private static final String BEGIN_AFTER = """
            SELECT setval(pg_get_serial_sequence('transfer', 'id'), ?)
            """;

    /** So many transfers a lane at the most: lanes of several services are told apart by their numbers. */
    private static final long SPAN = 1_000_000_000;

    private final String name;
    private final Promise promise;
    private final URI service;
    private final DataSource database;
    private final Pace pace;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final Map<String, String> accounts = new HashMap<>();
    private long before;

    private NoDoubtLane(String name, Promise promise, URI service, DataSource database, Pace pace, long before) {
        this.name = name;
        this.promise = promise;
        this.service = service;
        this.database = database;
        this.pace = pace;
        this.before = before;
    }

    /**
     * Both services with nodoubt.
     *
     * @param service the transfer service's address
     * @param database the transfer service's own, which is only read
     */
    public NoDoubtLane(URI service, DataSource database, Pace pace) {
        this("nodoubt", Promise.ONCE, service, database, pace, 0);
    }

    /**
     * A transfer service that reads a flag, or a log, of a mail service without a gate.
     *
     * @param name {@code flag} or {@code log}
     */
    public static NoDoubtLane ofRemedy(String name, URI service, DataSource database, Pace pace) {
        long before = name.equals("flag") ? 2 * SPAN : 4 * SPAN;
        return new NoDoubtLane(name, Promise.NEVER_TWICE, service, database, pace, before);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Promise promise() {
        return promise;
    }

    /** Kept data may hold earlier transfers: this run's are those with a higher number. */
    @Override
    public void open(List<Transfer> input) throws IOException, SQLException, InterruptedException {
        long last = number(LAST);
        if (last < before) {
            number(BEGIN_AFTER, before);
        } else {
            before = last;
        }
        accounts.clear();
        Accounts wanted = new Accounts(input);
        String run = Long.toString(System.currentTimeMillis(), 36);
        for (Map.Entry<String, String> person : wanted.addresses().entrySet()) {
            String id = String.format(Locale.ROOT, "%s-%04d", run, accounts.size() + 1);
            Map<String, String> account = Map.of(
                    "id", id,
                    "owner", person.getKey(),
                    "email", person.getValue(),
                    "balance", wanted.balance().toPlainString());
            HttpResponse<String> answer =
                    http.send(post("/api/accounts", account).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IOException("the transfer service refused an account: " + answer.body());
            }
            accounts.put(person.getKey(), id);
        }
    }

    @Override
    public boolean owns(String transferId) {
        if (!transferId.matches("\\d{1,18}")) {
            return false;
        }
        long id = Long.parseLong(transferId);
        return id > before && id <= before + SPAN;
    }

    @Override
    public int pending() throws SQLException {
        return (int) number(UNDER_WAY);
    }

    @Override
    public List<String> unresolved() throws SQLException {
        return ids(UNRESOLVED);
    }

    /** Whatever call is open is in doubt, also one that waits for its first attempt or for a person. */
    @Override
    public Books books() throws SQLException {
        return new Books(Set.copyOf(ids(COMMITTED)), (int) number(OPEN_CALLS));
    }

    /** Of this lane's transfers. */
    private List<String> ids(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, before);
            List<String> ids = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        }
    }

    @Override
    public Client client() {
        return new Keyed();
    }

    private long number(String query, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private HttpRequest.Builder post(String path, Map<String, String> body) {
        return HttpRequest.newBuilder(service.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    private final class Keyed implements Client {

        @Override
        public void transfer(Transfer transfer) throws IOException, InterruptedException {
            Map<String, String> body = Map.of(
                    "from", accounts.getOrDefault(transfer.from(), ""),
                    "to", accounts.getOrDefault(transfer.to(), ""),
                    "amount", transfer.amount().toPlainString(),
                    "memo", transfer.numberedMemo());
            String key = '"' + IdempotencyKey.create(Instant.now()).value() + '"';
            HttpRequest request =
                    post("/api/transfers", body).header("Idempotency-Key", key).build();
            long end = System.nanoTime() + GIVE_UP.toNanos();
            for (int attempt = 1; !answered(request); attempt++) {
                if (System.nanoTime() - end > 0) {
                    throw new IOException("the transfer service did not answer within " + GIVE_UP.toSeconds() + " s");
                }
                Thread.sleep(pace.backoff(attempt).toMillis());
            }
        }

        /** A refusal is an answer: the transfer is missing in the ledger, and counted there. */
        private boolean answered(HttpRequest request) throws InterruptedException {
            try {
                int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                return status < 500 && status != 409 && status != 429;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            // nothing is held between two requests
        }
    }
}
