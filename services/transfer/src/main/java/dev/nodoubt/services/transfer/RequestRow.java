package dev.nodoubt.services.transfer;

import dev.nodoubt.IdempotencyKey;

/** Writes the row in which the mail service sets a flag once it took a notification. */
@FunctionalInterface
interface RequestRow {

    /** Writes it, not yet flagged; to be called before the call of this key can leave. */
    void write(IdempotencyKey key);
}
