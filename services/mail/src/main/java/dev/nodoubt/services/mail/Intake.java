package dev.nodoubt.services.mail;

import dev.nodoubt.IdempotencyKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Records the intent to send a mail: in the gate's transaction when the request has a key, else in one of its own. The
 * worker is woken by the commit, and by nothing else. Thread-safe.
 */
final class Intake {

    private final TransactionOperations transactions;
    private final Deliveries deliveries;
    private final DeliveryWorker worker;
    private final MailSettings settings;
    private final InstantSource clock;

    /**
     * An intake.
     *
     * @param transactions join the transaction of the thread, or begin one
     * @param clock for the time in new ids; decides nothing
     */
    Intake(
            TransactionOperations transactions,
            Deliveries deliveries,
            DeliveryWorker worker,
            MailSettings settings,
            InstantSource clock) {
        this.transactions = transactions;
        this.deliveries = deliveries;
        this.worker = worker;
        this.settings = settings;
        this.clock = clock;
    }

    /** Records it and says under which id. */
    UUID accept(Notification notification) {
        Instant now = clock.instant();
        UUID id = IdempotencyKey.create(now).uuid().orElseThrow();
        transactions.executeWithoutResult(status -> {
            deliveries.record(id, "<" + id + "@" + settings.domain() + ">", settings.from(), notification);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    worker.wake();
                }
            });
        });
        return id;
    }
}
