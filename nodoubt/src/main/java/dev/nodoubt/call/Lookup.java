package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;

/**
 * Where it stands in a table what became of a call (a port): a request row whose status flag the receiver sets in its own
 * transaction, or a log row that it writes there. Implementations are thread-safe and may block within a bound of their
 * own.
 */
@FunctionalInterface
public interface Lookup {

    /**
     * What the table says: {@link dev.nodoubt.Outcome.Executed}, {@link dev.nodoubt.Outcome.Rejected}, {@link
     * dev.nodoubt.Answer.InProgress}, or {@link dev.nodoubt.Answer.Absent}, which proves nothing.
     *
     * @throws RuntimeException when it cannot be read: the query counts as lost
     */
    AttemptResult find(IdempotencyKey key);
}
