package dev.nodoubt.spring;

import static dev.nodoubt.spring.BookingsApplication.CALLER;
import static dev.nodoubt.spring.Caller.newKey;
import static dev.nodoubt.spring.Caller.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

class BookingsTest {

    private static final String KEY = "Idempotency-Key";

    private final BookingService bookings = BookingsApplication.bean(BookingService.class);

    @Test
    void whatRequiresATransactionOfItsOwnEscapesTheGateAsTheLintWarns() {
        String key = newKey();

        HttpResponse<String> first = CALLER.send("POST", "/audited", "text/plain", "9A", KEY, key);
        HttpResponse<String> second = CALLER.send("POST", "/audited", "text/plain", "9A", KEY, key);

        assertThat(outcome(first)).isEqualTo("not-executed");
        assertThat(outcome(second)).isEqualTo("not-executed");
        assertThat(bookings.booked("9A")).isZero();
        assertThat(bookings.audited("9A"))
                .as("once for each attempt, though nothing was executed")
                .isEqualTo(2);
    }

    @Test
    void aCallerThatLeavesWhileTheHandlerRunsChangesNothing() throws Exception {
        BookingController controller = BookingsApplication.bean(BookingController.class);
        String key = newKey();

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), BookingsApplication.PORT)) {
            socket.setSoLinger(true, 0); // the connection ends with a reset, which no write survives
            send(socket, "/watched", key, "9B");
            assertThat(controller.entered.await(60, TimeUnit.SECONDS)).isTrue();
        }
        controller.disconnected.countDown();

        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> outcome(CALLER.send("GET", "/nodoubt/outcome", "text/plain", "", KEY, key)),
                        "executed"::equals);
        HttpResponse<String> replay = CALLER.send("POST", "/watched", "text/plain", "9B", KEY, key);
        assertThat(replay.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(replay.body()).hasSize(100_000);
        assertThat(bookings.booked("9B")).isOne();
    }

    @Test
    void aGateCalledInsideATransactionOrASavepointIsRefused() {
        TransactionTemplate outer = new TransactionTemplate(BookingsApplication.bean(PlatformTransactionManager.class));
        TransactionTemplate nested =
                new TransactionTemplate(BookingsApplication.bean(PlatformTransactionManager.class));
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);

        assertThatThrownBy(() -> outer.executeWithoutResult(status -> execute("10A")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside an open transaction");
        assertThatThrownBy(() ->
                        outer.executeWithoutResult(status -> nested.executeWithoutResult(savepoint -> execute("10A"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside an open transaction");
        assertThat(bookings.booked("10A")).isZero();
    }

    @Test
    void aGateCalledASecondTimeInItsOwnTransactionIsRefusedAndTheFirstCallRollsBack() {
        Gate gate = BookingsApplication.bean(Gate.class);

        Admission outer = gate.execute(request("10B"), transaction -> {
            bookings.book("10B");
            execute("10C");
            return Reply.of(200);
        });

        assertThat(outer)
                .isInstanceOfSatisfying(
                        Admission.Withheld.class,
                        withheld -> assertThat(withheld.cause())
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("inside an open transaction"));
        assertThat(bookings.booked("10B") + bookings.booked("10C")).isZero();
    }

    private void execute(String seat) {
        BookingsApplication.bean(Gate.class).execute(request(seat), transaction -> {
            bookings.book(seat);
            return Reply.of(200);
        });
    }

    private static GateRequest request(String seat) {
        return GateRequest.of(
                "test", IdempotencyKey.create(Instant.now()), "POST", "/seats", Payload.json("\"" + seat + "\""));
    }

    private static void send(Socket socket, String path, String key, String body) throws IOException {
        String request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
                + body.length() + "\r\n" + KEY + ": " + key + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
