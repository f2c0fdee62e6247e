package dev.nodoubt.services.brokerage;

import dev.nodoubt.IdempotencyKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order as the brokerage keeps it.
 *
 * @param clientOrderId under which the exchange is asked: the key of its call
 * @param exchangeOrderId as the exchange told it; null where it did not
 * @param reason why it is rejected or never; null otherwise
 * @param at when it was taken
 */
record StockOrder(
        long id,
        IdempotencyKey clientOrderId,
        NewOrder order,
        OrderState state,
        @Nullable String exchangeOrderId,
        @Nullable String reason,
        Instant at) {}
