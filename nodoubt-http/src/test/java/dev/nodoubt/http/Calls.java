package dev.nodoubt.http;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Attempt;
import dev.nodoubt.call.Crossing;
import dev.nodoubt.call.Request;
import dev.nodoubt.call.Step;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What the tests of this module send, and how they wait for what comes. */
final class Calls {

    /** Far beyond every timeout of these tests: only a stage that never completes runs into it. */
    private static final long AT_MOST_SECONDS = 60;

    static final HttpTarget.Timeouts SHORT = new HttpTarget.Timeouts(
            Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMillis(600), Duration.ofSeconds(5));

    /** For tests that must not run into a timeout on a busy machine. */
    static final HttpTarget.Timeouts PATIENT = new HttpTarget.Timeouts(
            Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));

    private Calls() {}

    static HttpTransport transport(HttpTarget... targets) {
        return new HttpTransport(List.of(targets));
    }

    static HttpTarget target(URI base, HttpTarget.Timeouts timeouts) {
        return HttpTarget.of("mail", base).withTimeouts(timeouts);
    }

    static Attempt execute(String target, int number) {
        Request request = new Request(target, "POST", "/api/notifications", Payload.json("{\"n\":" + number + "}"));
        return new Attempt(Step.EXECUTE, IdempotencyKey.create(Instant.now()), request, number, Duration.ofHours(1));
    }

    static AttemptResult cross(HttpTransport transport, Attempt attempt) throws Exception {
        return begin(transport, attempt).get(AT_MOST_SECONDS, TimeUnit.SECONDS);
    }

    /** What it will have taught. */
    static CompletableFuture<AttemptResult> begin(HttpTransport transport, Attempt attempt) {
        return transport.cross(attempt).thenApply(Crossing::result).toCompletableFuture();
    }

    static AttemptResult cross(HttpTransport transport, int number) throws Exception {
        return cross(transport, execute("mail", number));
    }

    /** A whole answer with a length. */
    static String answer(int status, String headers, String body) {
        return "HTTP/1.1 " + status + " Whatever\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    static String executed(String body) {
        return answer(200, "Nodoubt-Outcome: executed\r\nContent-Type: application/json\r\n", body);
    }
}
