package dev.nodoubt.spring;

import static dev.nodoubt.spring.BookingsApplication.CALLER;
import static dev.nodoubt.spring.Caller.newKey;
import static dev.nodoubt.spring.Caller.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.function.ServerResponse;

class IdempotentHandlerTest {

    private static final String KEY = "Idempotency-Key";
    private static final String BOOKINGS = "/routes/bookings";

    private final BookingService bookings = BookingsApplication.bean(BookingService.class);

    @Test
    void aRepeatedRequestGetsTheFirstAnswerAndExecutesOnce() {
        String key = newKey();

        HttpResponse<String> first = book(BOOKINGS, "1A", key);
        HttpResponse<String> second = book(BOOKINGS, "1A", key);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(outcome(first)).isEqualTo("executed");
        assertThat(outcome(second)).isEqualTo("executed");
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(second.headers().firstValue("Location")).contains("/routes/bookings/1A");
        assertThat(second.body()).isEqualTo(first.body()).isEqualTo("{\"seat\":\"1A\"}");
        assertThat(bookings.booked("1A")).isOne();
    }

    @Test
    void aKeyUsedForAnotherBodyOrAnotherRouteIsRefused() {
        String key = newKey();
        book(BOOKINGS, "2A", key);

        HttpResponse<String> body = book(BOOKINGS, "2B", key);
        HttpResponse<String> route = book("/routes/plain", "2A", key);

        assertThat(body.statusCode()).isEqualTo(422);
        assertThat(body.body()).contains("key-reused");
        assertThat(route.statusCode()).isEqualTo(422);
        assertThat(bookings.booked("2A") + bookings.booked("2B")).isOne();
    }

    @Test
    void whatFailsBeforeTheEffectRecordsNothingAndTheMendedRequestExecutes() {
        String key = newKey();

        HttpResponse<String> invalid = book(BOOKINGS, " ", key);
        HttpResponse<String> unreadable = send(BOOKINGS, "{\"seat\":", key);
        HttpResponse<String> full = send(BOOKINGS, "{\"seat\":\"3A\"}", key, BookingRoutes.FULL, "yes");
        HttpResponse<String> mended = book(BOOKINGS, "3A", key);

        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat(outcome(invalid)).isEqualTo("not-executed");
        assertThat(unreadable.statusCode()).isEqualTo(400);
        assertThat(outcome(unreadable)).isEqualTo("not-executed");
        assertThat(full.statusCode()).isEqualTo(422);
        assertThat(outcome(full)).isEqualTo("not-executed");
        assertThat(mended.statusCode()).isEqualTo(201);
        assertThat(outcome(mended)).isEqualTo("executed");
    }

    @Test
    void aBodyThatSpringCannotReadRecordsNothingThoughTheEffectItselfReadsIt() {
        String key = newKey();

        HttpResponse<String> unreadable = send("/routes/plain", "{\"seat\":", key);
        HttpResponse<String> mended = book("/routes/plain", "4A", key);

        assertThat(unreadable.statusCode()).isEqualTo(400);
        assertThat(outcome(unreadable)).isEqualTo("not-executed");
        assertThat(outcome(mended)).isEqualTo("executed");
    }

    @Test
    void aRefusalIsRolledBackRecordedAndRepeated() {
        String key = newKey();

        HttpResponse<String> first = book(BOOKINGS, "refused", key);
        HttpResponse<String> second = book(BOOKINGS, "refused", key);

        assertThat(first.statusCode()).isEqualTo(422);
        assertThat(outcome(first)).isEqualTo("rejected");
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(second.body()).isEqualTo("no such seat");
        assertThat(bookings.booked("refused")).isZero();
    }

    @Test
    void aFailureOrAStatusThatDeclaresNothingRollsBackAndTheKeyMayComeAgain() {
        String failed = newKey();
        String busy = newKey();

        HttpResponse<String> failure = book(BOOKINGS, "broken", failed);
        HttpResponse<String> conflict = book(BOOKINGS, "busy", busy);

        assertThat(failure.statusCode()).isEqualTo(500);
        assertThat(outcome(failure)).isEqualTo("not-executed");
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(outcome(conflict)).isEqualTo("not-executed");
        assertThat(bookings.booked("broken") + bookings.booked("busy")).isZero();
        assertThat(outcome(book(BOOKINGS, "5A", failed))).isEqualTo("executed");
        assertThat(outcome(book(BOOKINGS, "5B", busy))).isEqualTo("executed");
    }

    @Test
    void aDeclaredStatusOrExceptionIsARejection() {
        String status = newKey();
        String exception = newKey();

        HttpResponse<String> byStatus = book("/routes/declared", "locked", status);
        HttpResponse<String> byException = book("/routes/thrown", "taken", exception);
        HttpResponse<String> undeclared = book("/routes/thrown", "locked", newKey());

        assertThat(outcome(byStatus)).isEqualTo("rejected");
        assertThat(book("/routes/declared", "locked", status).body()).isEqualTo("locked");
        assertThat(outcome(byException)).isEqualTo("rejected");
        assertThat(book("/routes/thrown", "taken", exception).body()).isEqualTo("taken");
        assertThat(undeclared.statusCode()).isEqualTo(409);
        assertThat(outcome(undeclared)).isEqualTo("not-executed");
        assertThat(bookings.booked("locked") + bookings.booked("taken")).isZero();
    }

    @Test
    void onlyARefusalCanBeDeclared() {
        IdempotentHandler handler =
                IdempotentHandler.of(request -> ServerResponse.ok().build());

        assertThatThrownBy(() -> handler.rejects(409, 503))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rejects must be statuses of 400 to 499, was 503");
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "sse", "stream", "future"})
    void aResponseThatEndsLaterIsRolledBackAndNotSupported(String kind) {
        HttpResponse<String> late = send("/routes/late/" + kind, "{}", newKey());

        assertThat(late.statusCode()).isEqualTo(501);
        assertThat(late.body()).contains("urn:nodoubt:problem:not-supported");
        assertThat(outcome(late)).isEqualTo("not-executed");
        assertThat(bookings.booked(kind)).isZero();
    }

    @Test
    void aSafeMethodAndAnUngatedRouteBesideItAreNotGated() {
        HttpResponse<String> read = CALLER.send("GET", "/routes/plain", "text/plain", "", KEY, newKey());
        HttpResponse<String> open = send("/routes/open", "{}", newKey());

        assertThat(read.body()).isEqualTo("read");
        assertThat(outcome(read)).isEqualTo("(none)");
        assertThat(open.body()).isEqualTo("open");
        assertThat(outcome(open)).isEqualTo("(none)");
    }

    @Test
    void aRequestWithoutKeyIsRefusedAndDoesNotRun() {
        HttpResponse<String> keyless = CALLER.send("POST", BOOKINGS, "application/json", "{\"seat\":\"keyless\"}");

        assertThat(keyless.statusCode()).isEqualTo(400);
        assertThat(keyless.body()).contains("key-required");
        assertThat(bookings.booked("keyless")).isZero();
    }

    @Test
    void aFunctionBehindARouterThatNobodyCanLookIntoIsGated() {
        String key = newKey();

        HttpResponse<String> first = book("/opaque", "6A", key);
        HttpResponse<String> second = book("/opaque", "6A", key);

        assertThat(outcome(first)).isEqualTo("executed");
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(bookings.booked("6A")).isOne();
    }

    @Test
    void aWayAroundTheGateDoesNotReachTheFunction() {
        HttpResponse<String> included = book("/around", "around", newKey());

        assertThat(included.statusCode()).isEqualTo(500);
        assertThat(outcome(included)).isEqualTo("(none)");
        assertThat(bookings.booked("around")).isZero();
    }

    @Test
    void aRouteThatIsFoundByItsBodyIsRefusedAndDoesNotRun() {
        HttpResponse<String> greedy = book("/greedy", "greedy", newKey());

        assertThat(greedy.statusCode()).isEqualTo(500);
        assertThat(bookings.booked("greedy")).isZero();
    }

    private static HttpResponse<String> book(String path, String seat, String key) {
        return send(path, "{\"seat\":\"" + seat + "\"}", key);
    }

    private static HttpResponse<String> send(String path, String body, String key, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = KEY;
        all[1] = key;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return CALLER.send("POST", path, "application/json", body, all);
    }
}
