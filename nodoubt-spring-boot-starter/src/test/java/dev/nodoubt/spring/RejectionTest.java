package dev.nodoubt.spring;

import static dev.nodoubt.spring.BookingsApplication.CALLER;
import static dev.nodoubt.spring.Caller.newKey;
import static dev.nodoubt.spring.Caller.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RejectionTest {

    private final BookingService bookings = BookingsApplication.bean(BookingService.class);

    @ParameterizedTest
    @CsvSource({"/by-status, 409", "/by-exception, 409", "/by-annotation, 410", "/by-reply, 409"})
    void aDeclaredRefusalIsRolledBackRecordedAndRepeated(String path, int status) {
        String seat = "taken" + path;
        String key = newKey();

        HttpResponse<String> first = send(path, seat, key);
        HttpResponse<String> second = send(path, seat, key);

        assertThat(first.statusCode()).isEqualTo(status);
        assertThat(outcome(first)).isEqualTo("rejected");
        assertThat(second.statusCode()).isEqualTo(status);
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(bookings.booked(seat)).isZero();
    }

    @Test
    void theSameStatusForAnotherReasonIsNoRejection() {
        HttpResponse<String> locked = send("/by-exception", "locked", newKey());

        assertThat(locked.statusCode()).isEqualTo(409);
        assertThat(outcome(locked)).isEqualTo("not-executed");
        assertThat(bookings.booked("locked")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"future", "call", "emitter"})
    void aValueThatEndsLaterBehindADeclaredObjectIsRolledBackAndNotSupported(String kind) {
        HttpResponse<String> late = send("/late", kind, newKey());

        assertNotSupported(late, kind);
    }

    @Test
    void aMethodThatGoesOnAsynchronouslyIsRolledBackAndNotSupported() {
        HttpResponse<String> later = send("/later", "", newKey());

        assertNotSupported(later, "later");
    }

    private void assertNotSupported(HttpResponse<String> response, String seat) {
        assertThat(response.statusCode()).isEqualTo(501);
        assertThat(response.body()).contains("urn:nodoubt:problem:not-supported");
        assertThat(outcome(response)).isEqualTo("not-executed");
        assertThat(bookings.booked(seat)).isZero();
    }

    private static HttpResponse<String> send(String path, String body, String key) {
        return CALLER.send("POST", path, "text/plain", body, "Idempotency-Key", key);
    }
}
