package dev.nodoubt.services.brokerage;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.nodoubt.call.RecordedCall;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is shown.
 *
 * @param order what is traded
 * @param state {@code waiting}, {@code in-doubt}, {@code accepted}, {@code rejected} or {@code never}
 * @param exchangeOrderId as the exchange told it; null where it did not
 * @param reason why it is rejected or never; null otherwise
 * @param call how it is being brought to its outcome; null in lists, and when it is no longer kept
 */
record OrderView(
        String id,
        Content order,
        String clientOrderId,
        String state,
        @Nullable String exchangeOrderId,
        @Nullable String reason,
        @Nullable CallView call) {

    /**
     * What is traded.
     *
     * @param price a JSON string
     * @param at when the order was taken
     */
    record Content(
            String symbol,
            String side,
            long quantity,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal price,
            Instant at) {}

    /**
     * The call to the exchange.
     *
     * @param state as nodoubt names it
     * @param attempts made so far, the first included
     * @param last what the last attempt showed and what comes next, for a person
     * @param evidence who settled it by hand and why; null where nobody did
     */
    record CallView(
            String state,
            int attempts,
            String last,
            @Nullable String evidence) {

        static CallView of(RecordedCall call) {
            RecordedCall.Settled settled = call.settled();
            return new CallView(
                    call.state().word(), call.attempts(), call.last(), settled == null ? null : settled.evidence());
        }
    }

    /**
     * A part of a list.
     *
     * @param next what {@code after} must be for the next part; null when this is the last
     */
    record Page(List<OrderView> items, @Nullable String next) {}

    static OrderView of(StockOrder placed, @Nullable CallView call) {
        NewOrder order = placed.order();
        return new OrderView(
                String.valueOf(placed.id()),
                new Content(order.symbol(), order.side(), order.quantity(), order.price(), placed.at()),
                placed.clientOrderId().value(),
                placed.state().word(),
                placed.exchangeOrderId(),
                placed.reason(),
                call);
    }
}
