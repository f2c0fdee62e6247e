package dev.nodoubt.bench.delivery;

import dev.nodoubt.wire.Headers;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;

/**
 * The called system as a process: it answers at once, and remembers when each number first came and how often. Everything
 * happens on one event loop. Arguments are the delay of its answers in milliseconds, and the port.
 */
public final class CallTarget {

    private static final String ABSENT = "{\"outcome\":\"absent\",\"final\":false}";

    private final Vertx vertx;
    private final long delayMillis;
    private long[] firstAt = new long[1 << 16];
    private byte[] times = new byte[1 << 16];
    private int different;
    private long all;
    private int open;
    private int mostOpen;

    private CallTarget(Vertx vertx, long delayMillis) {
        this.vertx = vertx;
        this.delayMillis = delayMillis;
    }

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        CallTarget target = new CallTarget(vertx, Long.parseLong(args[0]));
        int port = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(args[1])))
                .requestHandler(target::handle)
                .listen()
                .await()
                .actualPort();
        System.out.println("READY " + port);
    }

    private void handle(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case Transfer.PATH -> request.body().onSuccess(body -> take(body, request.response()));
            case "/nodoubt/outcome" -> outcome(request.response());
            case "/reset" -> reset(request.response());
            case "/counts" -> request.response().end(counts(request));
            case "/arrivals" -> request.response().end(arrivals());
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void take(Buffer body, HttpServerResponse response) {
        int number = Transfer.numberIn(body.getBytes(0, Math.min(body.length(), 32)));
        long now = System.nanoTime();
        while (number >= times.length) {
            firstAt = Arrays.copyOf(firstAt, 2 * firstAt.length);
            times = Arrays.copyOf(times, 2 * times.length);
        }
        if (times[number] == 0) {
            firstAt[number] = now;
            different++;
        }
        times[number]++;
        all++;
        response.putHeader(Headers.OUTCOME, "executed").putHeader("Content-Type", "application/json");
        if (delayMillis == 0) {
            response.end("{\"accepted\":true}");
        } else {
            open++;
            mostOpen = Math.max(mostOpen, open);
            vertx.setTimer(delayMillis, timer -> {
                open--;
                response.end("{\"accepted\":true}");
            });
        }
    }

    /** Of all numbers, or of those that the query names. */
    private String counts(HttpServerRequest request) {
        if (request.getParam("from") == null) {
            return "all=" + all + "\ndifferent=" + different + "\nmostOpen=" + mostOpen;
        }
        int came = 0;
        int end = Math.min(Integer.parseInt(request.getParam("to")), times.length);
        for (int number = Integer.parseInt(request.getParam("from")); number < end; number++) {
            came += times[number] == 0 ? 0 : 1;
        }
        return "different=" + came;
    }

    /** Enough of nodoubt's protocol to be taken for a receiver; it keeps no keys. */
    private static void outcome(HttpServerResponse response) {
        response.putHeader(Headers.OUTCOME, "absent")
                .putHeader(Headers.PROTOCOL, "1")
                .putHeader("Content-Type", "application/json")
                .end(ABSENT);
    }

    private void reset(HttpServerResponse response) {
        Arrays.fill(firstAt, 0);
        Arrays.fill(times, (byte) 0);
        different = 0;
        all = 0;
        mostOpen = open;
        response.end();
    }

    /** By number, eight bytes each: when it first came, by the machine's monotonic clock; 0: never. */
    private Buffer arrivals() {
        int last = times.length;
        while (last > 0 && times[last - 1] == 0) {
            last--;
        }
        Buffer buffer = Buffer.buffer(8 * last);
        for (int i = 0; i < last; i++) {
            buffer.appendLong(firstAt[i]);
        }
        return buffer;
    }
}
