package dev.nodoubt.services.exchange;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that happened to the book: a line of the journal. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Entry.Booked.class, name = "booked"),
    @JsonSubTypes.Type(value = Entry.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = Entry.Cancelled.class, name = "cancelled")
})
sealed interface Entry {

    /**
     * An order came into the book.
     *
     * @param orderId counts from 1
     * @param clientOrderId null when the request had none
     */
    record Booked(long orderId, @Nullable String clientOrderId, Order order, Instant at) implements Entry {}

    /** An order broke a rule of the market. */
    record Refused(String clientOrderId, Order order, String reason, Instant at) implements Entry {}

    /** An order was taken back. */
    record Cancelled(long orderId, Instant at) implements Entry {}
}
