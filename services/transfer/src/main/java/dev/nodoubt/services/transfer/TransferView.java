package dev.nodoubt.services.transfer;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.nodoubt.IdempotencyKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transfer as it is shown.
 *
 * @param amount two decimals, a JSON string
 * @param at when it was made
 * @param notification null when the receiving account names no address
 */
record TransferView(
        String id,
        String from,
        String to,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount,
        String memo,
        Instant at,
        @Nullable NotificationView notification) {

    static TransferView of(Transfer transfer, Function<IdempotencyKey, NotificationView> known) {
        TransferOrder order = transfer.order();
        IdempotencyKey key = transfer.notification();
        return new TransferView(
                String.valueOf(transfer.id()),
                order.from(),
                order.to(),
                order.amount(),
                order.memo(),
                transfer.at(),
                key == null ? null : known.apply(key));
    }
}
