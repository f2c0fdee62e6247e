package dev.nodoubt.demo.lane;

import dev.nodoubt.demo.mailbox.Mail;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** Stock orders to an exchange with a new id at each attempt, sent again until an answer is good: lost answers double them. */
public final class OrdersResendLane implements Lane {

    private static final int ATTEMPTS = 5;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ExchangeBook book;
    private final URI orders;
    private final Pace pace;
    private final long lateNanos;
    private final HttpClient http;
    private final Set<String> placed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger doubts = new AtomicInteger();
    private volatile long lastAt;

    /** @param lateMillis how long after its sending an order may still be carried out */
    public OrdersResendLane(URI exchange, Pace pace, long lateMillis) {
        this.book = new ExchangeBook(exchange);
        this.orders = exchange.resolve("/orders");
        this.pace = pace;
        this.lateNanos = lateMillis * 1_000_000;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(pace.connect())
                .build();
    }

    @Override
    public String name() {
        return "orders-resend";
    }

    @Override
    public void open(List<Transfer> input) {
        lastAt = System.nanoTime();
    }

    @Override
    public boolean owns(String transferId) {
        return transferId.startsWith(name() + "-");
    }

    /** One while an order that was sent may still be carried out. */
    @Override
    public int pending() {
        return System.nanoTime() - lastAt < lateNanos ? 1 : 0;
    }

    @Override
    public List<Mail> effects(List<Mail> mails) throws IOException, InterruptedException {
        return book.orders(name());
    }

    @Override
    public Books books() {
        return new Books(Set.copyOf(placed), doubts.get());
    }

    @Override
    public Client client() {
        return new Resending();
    }

    private final class Resending implements Client {

        @Override
        public void transfer(Transfer transfer) throws InterruptedException {
            placed.add(transfer.id(name()));
            boolean known = false;
            for (int attempt = 1; attempt <= ATTEMPTS && !known; attempt++) {
                known = answered(transfer);
                lastAt = System.nanoTime();
                if (!known) {
                    Thread.sleep(pace.backoff(attempt).toMillis());
                }
            }
            if (!known) {
                doubts.incrementAndGet();
            }
        }

        private boolean answered(Transfer transfer) throws InterruptedException {
            byte[] body = JSON.writeValueAsBytes(ExchangeBook.order(transfer));
            HttpRequest request = HttpRequest.newBuilder(orders)
                    .timeout(pace.response())
                    .header("Content-Type", "application/json")
                    .header("Client-Order-Id", UUID.randomUUID().toString())
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            try {
                return http.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 201;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            // nothing is held between two orders
        }
    }
}
