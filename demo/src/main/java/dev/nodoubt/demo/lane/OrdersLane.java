package dev.nodoubt.demo.lane;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.demo.mailbox.Mail;
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
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** Stock orders by the brokerage: each under one unique id, brought to its outcome as the exchange allows. */
public final class OrdersLane implements Lane {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 10;

    private static final String LAST = "SELECT coalesce(max(id), 0) FROM stock_order WHERE id > ?";

    private static final String UNDER_WAY = "SELECT count(*) FROM stock_order WHERE id > ? AND state = 'waiting'";

    /** What the brokerage does not know to have come to nothing. */
    private static final String STANDING =
            "SELECT quantity FROM stock_order WHERE id > ? AND state NOT IN ('rejected', 'never') ORDER BY quantity";

    private static final String IN_DOUBT =
            "SELECT quantity FROM stock_order WHERE id > ? AND state IN ('in-doubt', 'waiting') ORDER BY quantity";

    private static final String UNRESOLVED =
            "SELECT quantity FROM stock_order WHERE id > ? AND state = 'in-doubt' ORDER BY quantity";

    private final URI brokerage;
    private final DataSource database;
    private final ExchangeBook book;
    private final Pace pace;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private long before;

    /**
     * @param brokerage its address
     * @param database its own, which is only read
     * @param exchange whose book is counted
     */
    public OrdersLane(URI brokerage, DataSource database, URI exchange, Pace pace) {
        this.brokerage = brokerage;
        this.database = database;
        this.book = new ExchangeBook(exchange);
        this.pace = pace;
    }

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public Promise promise() {
        return Promise.NEVER_TWICE;
    }

    /** Kept data may hold earlier orders: this run's are those with a higher number. */
    @Override
    public void open(List<Transfer> input) throws SQLException {
        before = numbers(LAST).get(0);
    }

    @Override
    public boolean owns(String transferId) {
        return transferId.startsWith(name() + "-");
    }

    @Override
    public int pending() throws SQLException {
        return numbers(UNDER_WAY).get(0).intValue();
    }

    @Override
    public List<Mail> effects(List<Mail> mails) throws IOException, InterruptedException {
        return book.orders(name());
    }

    @Override
    public Books books() throws SQLException {
        return new Books(Set.copyOf(ids(STANDING)), ids(IN_DOUBT).size());
    }

    @Override
    public List<String> unresolved() throws SQLException {
        return ids(UNRESOLVED);
    }

    @Override
    public Client client() {
        return new Keyed();
    }

    private List<String> ids(String query) throws SQLException {
        return numbers(query).stream()
                .map(quantity -> ExchangeBook.id(name(), quantity))
                .toList();
    }

    private List<Long> numbers(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, before);
            List<Long> numbers = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
            return numbers;
        }
    }

    private final class Keyed implements Client {

        @Override
        public void transfer(Transfer transfer) throws IOException, InterruptedException {
            byte[] body = JSON.writeValueAsBytes(ExchangeBook.order(transfer));
            HttpRequest request = HttpRequest.newBuilder(brokerage.resolve("/api/orders"))
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .header(
                            "Idempotency-Key",
                            '"' + IdempotencyKey.create(Instant.now()).value() + '"')
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status == 201) {
                    return;
                }
                if (status < 500 && status != 409 && status != 429) {
                    throw new IOException("the brokerage refused an order with status " + status);
                }
                Thread.sleep(pace.backoff(attempt).toMillis());
            }
            throw new IOException("the brokerage did not take an order in " + ATTEMPTS + " attempts");
        }

        @Override
        public void close() {
            // nothing is held between two requests
        }
    }
}
