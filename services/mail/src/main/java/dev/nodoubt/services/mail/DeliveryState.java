package dev.nodoubt.services.mail;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where the delivery of a mail stands; written in lower case with a hyphen in JSON and in the database. */
enum DeliveryState {
    /** Recorded; no copy left, or each attempt certainly failed. */
    WAITING,
    /** An attempt is running, or its worker died. Committed before the first byte leaves. */
    SENDING,
    /** The server took responsibility for it. Final. */
    SENT,
    /** An attempt's end after the final dot is not known: repeated under at-least-once, parked under at-most-once. */
    IN_DOUBT,
    /** The server refused it for good, and no other attempt may have succeeded. Final. */
    FAILED;

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static DeliveryState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
