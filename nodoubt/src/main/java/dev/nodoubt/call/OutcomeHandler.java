package dev.nodoubt.call;

import java.sql.Connection;

/**
 * What the application does once a call's outcome is known. It runs in the transaction in which the call is settled, so
 * that both commit or neither; it may run more than once and commits once, also for an outcome set by hand. What it does
 * outside that transaction may happen more than once.
 *
 * <p>It may record further calls in the same transaction. One that throws is repeated with backoff, without a new attempt.
 * Called on a thread of the relay, for one call at a time and one after the other; it should take milliseconds.
 */
@FunctionalInterface
public interface OutcomeHandler {

    /**
     * Handles one outcome.
     *
     * @param transaction the settling one, which the relay commits; must be neither committed nor closed
     * @throws Exception any: the settlement rolls back and the handler runs again later
     */
    void handle(Connection transaction, KnownCall call) throws Exception;
}
