package dev.nodoubt.services.exchange;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nodoubt.services.exchange.FaultPlan.Operation;
import dev.nodoubt.services.exchange.FaultPlan.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The exchange over HTTP on loopback. What its capability does not offer is answered with 501 and never with 404, which
 * says that an order is unknown. Thread-safe.
 */
public final class ExchangeServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ID_HEADER = "Client-Order-Id";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final String BY_ID = "/orders/by-client-id/";
    private static final int LARGEST_BODY = 16 * 1024;
    /** Longer than anybody waits for an answer. */
    private static final Duration HELD = Duration.ofMinutes(2);

    private final Options options;
    private final OrderBook book;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private final Set<String> processing = ConcurrentHashMap.newKeySet();

    private ExchangeServer(Options options, OrderBook book, HttpServer server) {
        this.options = options;
        this.book = book;
        this.server = server;
    }

    /**
     * Reads the book and listens.
     *
     * @throws IOException when the book cannot be used, or the port is taken
     */
    public static ExchangeServer start(Options options) throws IOException {
        Journal journal =
                options.book().isPresent() ? Journal.open(options.book().get()) : Journal.inMemory();
        OrderBook book = new OrderBook(journal, options.times().fill(), InstantSource.system());
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port());
        HttpServer http;
        try {
            http = HttpServer.create(address, 256);
        } catch (IOException e) {
            book.close();
            throw new IOException("port " + options.port() + " cannot be used: " + e.getMessage(), e);
        }
        ExchangeServer exchange = new ExchangeServer(options, book, http);
        http.setExecutor(exchange.workers);
        http.createContext("/", exchange::handle);
        http.start();
        return exchange;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** How many orders are in the book, doubled and cancelled ones too. */
    public int orders() {
        return book.size();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
        book.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            answer(exchange, Answer.reason(413, "a body has at most " + LARGEST_BODY + " bytes"));
            return;
        }
        Capability offered = options.capability();
        String path = exchange.getRequestURI().getPath();
        String asked = exchange.getRequestMethod() + " " + (path.startsWith(BY_ID) ? BY_ID : path);
        switch (asked) {
            case "GET /health" ->
                answer(exchange, new Answer(200, Map.of("status", "UP", "capability", offered.word())));
            case "GET /book" -> answer(exchange, new Answer(200, book.lines()));
            case "POST /orders" -> order(exchange, body);
            case "POST /orders/cancel" -> {
                if (offered == Capability.NET_CANCEL) {
                    cancel(exchange, body);
                } else {
                    notOffered(exchange);
                }
            }
            case "GET " + BY_ID -> {
                if (offered == Capability.QUERY) {
                    query(exchange, path.substring(BY_ID.length()));
                } else {
                    notOffered(exchange);
                }
            }
            default -> notOffered(exchange);
        }
    }

    private void notOffered(HttpExchange exchange) {
        answer(exchange, Answer.reason(501, "this exchange does not offer " + exchange.getRequestMethod() + " here"));
    }

    private void order(HttpExchange exchange, byte[] body) {
        Order order;
        String id;
        try {
            order = OrderReader.read(body);
            id = id(exchange);
        } catch (IllegalArgumentException e) {
            answer(exchange, Answer.reason(400, String.valueOf(e.getMessage())));
            return;
        }
        Point point = point(Operation.ORDER, id == null ? order.toString() : id);
        Fault fault = options.faults().fault(point);
        Options.Times times = options.times();
        if (fault != Fault.PROCESSED_LATE) {
            if (!times.slow().isZero() && fault != Fault.REQUEST_LOST && fault != Fault.BUSY) {
                markProcessing(id);
            }
            meet(exchange, fault, times.slow(), () -> take(id, order));
            return;
        }
        Duration lateness = options.faults().lateness(point, times.processing());
        // At first the order is on its way to the book, where nobody knows it yet.
        later(lateness.dividedBy(2), () -> markProcessing(id));
        meet(exchange, Fault.NONE, lateness, () -> take(id, order));
    }

    private void markProcessing(@Nullable String id) {
        if (id != null) {
            processing.add(id);
        }
    }

    private Answer take(@Nullable String id, Order order) {
        if (id == null) {
            return Answer.of(book.take(null, order));
        }
        Verdict verdict = options.capability() == Capability.KEY
                ? book.takeOnce(id, order, options.times().retention())
                : book.take(id, order);
        processing.remove(id);
        return Answer.of(verdict);
    }

    private void cancel(HttpExchange exchange, byte[] body) {
        try {
            Order original = OrderReader.read(body);
            String id = requiredId(exchange);
            Fault fault = options.faults().fault(point(Operation.CANCEL, id));
            meet(exchange, fault, Duration.ZERO, () -> Answer.of(book.cancel(id, original)));
        } catch (IllegalArgumentException e) {
            answer(exchange, Answer.reason(400, String.valueOf(e.getMessage())));
        }
    }

    private void query(HttpExchange exchange, String id) {
        if (!ID.matcher(id).matches()) {
            answer(exchange, Answer.reason(400, "a client order id has 1 to 64 characters of A-Z a-z 0-9 . _ : -"));
            return;
        }
        Fault fault = options.faults().fault(point(Operation.QUERY, id));
        meet(exchange, fault, Duration.ZERO, () -> state(id));
    }

    private Answer state(String id) {
        // Asked in this order: an order leaves the processing after it came into the book.
        boolean underWay = processing.contains(id);
        return book.find(id)
                .map(verdict -> verdict instanceof Verdict.Accepted
                        ? new Answer(200, Answer.of(verdict).body())
                        : Answer.of(verdict))
                .orElseGet(() -> underWay
                        ? Answer.reason(202, "the order is being processed")
                        : Answer.reason(404, "no order of this client order id is known now"));
    }

    private Point point(Operation operation, String id) {
        int attempt = attempts.merge(operation + " " + id, 1, Integer::sum);
        return new Point(operation, id, attempt);
    }

    /** Does what is asked after so long, and answers it as the fault wills. */
    private void meet(HttpExchange exchange, Fault fault, Duration takes, Supplier<Answer> work) {
        switch (fault) {
            case REQUEST_LOST -> exchange.close();
            case BUSY -> answer(exchange, Answer.reason(503, "busy; nothing was done, try again"));
            case NONE, PROCESSED_LATE -> work(exchange, takes, work, answer -> answer(exchange, answer));
            case ANSWER_LOST -> work(exchange, takes, work, answer -> exchange.close());
            case ANSWER_HELD -> work(exchange, takes, work, answer -> later(HELD, exchange::close));
            case ANSWER_LATE -> {
                Duration delay = options.times().answerDelay();
                work(exchange, takes, work, answer -> later(delay, () -> answer(exchange, answer)));
            }
        }
    }

    private void work(HttpExchange exchange, Duration takes, Supplier<Answer> work, Consumer<Answer> then) {
        later(takes, () -> {
            try {
                then.accept(work.get());
            } catch (UncheckedIOException e) {
                System.err.println("exchange: " + e.getMessage());
                exchange.close();
            }
        });
    }

    private void later(Duration delay, Runnable work) {
        if (delay.isZero()) {
            work.run();
        } else {
            CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, workers)
                    .execute(work);
        }
    }

    /** Null where the exchange does not read it: everything is a new order. */
    private @Nullable String id(HttpExchange exchange) {
        if (options.capability() != Capability.NONE) {
            return requiredId(exchange);
        }
        String id = exchange.getRequestHeaders().getFirst(ID_HEADER);
        return id != null && ID.matcher(id).matches() ? id : null;
    }

    private static String requiredId(HttpExchange exchange) {
        List<String> ids = exchange.getRequestHeaders().getOrDefault(ID_HEADER, List.of());
        if (ids.size() != 1 || !ID.matcher(ids.get(0)).matches()) {
            throw new IllegalArgumentException(
                    "header " + ID_HEADER + " must be given once, with 1 to 64 characters of A-Z a-z 0-9 . _ : -");
        }
        return ids.get(0);
    }

    private static void answer(HttpExchange exchange, Answer answer) {
        byte[] json = JSON.writeValueAsBytes(answer.body());
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), json.length);
            exchange.getResponseBody().write(json);
        } catch (IOException e) {
            // Whoever asked is gone; what was done stays done, and the book says so.
        }
    }
}
