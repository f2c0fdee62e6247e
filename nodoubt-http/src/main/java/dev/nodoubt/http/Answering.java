package dev.nodoubt.http;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Attempt;
import dev.nodoubt.wire.CallerProtocol;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.WireResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects one answer, bounded, until its proven end. Runs on its target's event loop only. */
final class Answering {

    private final Exchange exchange;
    private final HttpTarget target;
    private Buffer body = Buffer.buffer();
    private long lastByte = System.nanoTime();

    Answering(Exchange exchange, HttpTarget target) {
        this.exchange = exchange;
        this.target = target;
    }

    void head(HttpClientResponse response) {
        lastByte = System.nanoTime();
        response.exceptionHandler(this::failed);
        String length = response.getHeader("Content-Length");
        if (length != null && length.length() > String.valueOf(target.maxBody()).length()) {
            tooLong();
            return;
        }
        response.endHandler(end -> ended(response));
        response.handler(this::chunk);
    }

    private void chunk(Buffer chunk) {
        lastByte = System.nanoTime();
        if (body.length() + chunk.length() > target.maxBody()) {
            tooLong();
            body = Buffer.buffer();
        } else {
            body.appendBuffer(chunk);
        }
    }

    private void tooLong() {
        exchange.lost("answer body is longer than " + target.maxBody() + " bytes");
    }

    void failed(Throwable fault) {
        Duration socket = target.timeouts().socket();
        boolean silent = System.nanoTime() - lastByte >= socket.toNanos();
        exchange.lost(silent ? "no byte within " + socket.toMillis() + " ms" : Reasons.noAnswer(fault));
    }

    private void ended(HttpClientResponse response) {
        exchange.answered(taught(response));
    }

    private AttemptResult taught(HttpClientResponse response) {
        Attempt attempt = exchange.attempt();
        try {
            String mediaType = response.headers().get(Headers.CONTENT_TYPE);
            Payload payload = Payload.of(body.getBytes(), mediaType == null ? "" : mediaType);
            WireResponse complete = new WireResponse(response.statusCode(), headers(response.headers()), payload);
            CallerProtocol protocol = target.protocol();
            return endIsProven(response)
                    ? protocol.result(attempt, complete)
                    : protocol.resultWithoutEnd(attempt, complete);
        } catch (IllegalArgumentException e) {
            return new AttemptResult.Lost("answer is not usable HTTP (its Content-Type is not visible ASCII)");
        }
    }

    private static boolean endIsProven(HttpClientResponse response) {
        int status = response.statusCode();
        boolean bodiless = status < 200 || status == 204 || status == 304;
        MultiMap headers = response.headers();
        return bodiless || headers.contains("Content-Length") || headers.contains("Transfer-Encoding", "chunked", true);
    }

    private static Headers headers(MultiMap received) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : received.names()) {
            if (!name.equalsIgnoreCase(Headers.CONTENT_TYPE) && !name.equalsIgnoreCase("Content-Length")) {
                fields.put(name, received.getAll(name));
            }
        }
        return Headers.of(fields);
    }
}
