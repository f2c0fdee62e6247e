package dev.nodoubt.services.transfer;

import dev.nodoubt.IdempotencyKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A committed transfer.
 *
 * @param id counts up; a number that was rolled back is missing
 * @param order what moved
 * @param at when it was made
 * @param notification the key of the call that tells the receiver's owner; null when that account names no address, and
 *     of a reversal
 * @param reversal how it takes part in one; null when it does not
 */
record Transfer(
        long id,
        TransferOrder order,
        Instant at,
        @Nullable IdempotencyKey notification,
        @Nullable Reversal reversal) {}
