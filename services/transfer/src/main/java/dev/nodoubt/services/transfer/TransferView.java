package dev.nodoubt.services.transfer;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.nodoubt.IdempotencyKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transfer as it is shown.
 *
 * @param at when it was made
 * @param notification null when the receiving account names no address
 * @param reversal null when it takes part in none
 */
record TransferView(
        String id,
        @JsonUnwrapped Moved moved,
        Instant at,
        @Nullable NotificationView notification,
        @Nullable Reversal reversal) {

    /**
     * What moved.
     *
     * @param amount two decimals, a JSON string
     */
    record Moved(
            String from,
            String to,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount,
            String memo) {}

    static TransferView of(Transfer transfer, Function<IdempotencyKey, NotificationView> known) {
        TransferOrder order = transfer.order();
        IdempotencyKey key = transfer.notification();
        return new TransferView(
                String.valueOf(transfer.id()),
                new Moved(order.from(), order.to(), order.amount(), order.memo()),
                transfer.at(),
                key == null ? null : known.apply(key),
                transfer.reversal());
    }
}
