package dev.nodoubt.services.mail;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.staged.Intent;
import dev.nodoubt.staged.StagedEffects;
import dev.nodoubt.staged.StagedWorker;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Records the intent to send a mail: in the gate's transaction when the request has a key, else in one of its own. The
 * worker is woken by the commit, and by nothing else. Thread-safe.
 */
final class Intake {

    private final TransactionOperations transactions;
    private final JdbcOperations jdbc;
    private final StagedEffects effects;
    private final StagedWorker worker;
    private final Sender sender;

    /**
     * What new mails say of who sends them.
     *
     * @param from the sender's address
     * @param domain the right side of new {@code Message-ID}s
     * @param clock for the time in new ids; decides nothing
     */
    record Sender(String from, String domain, InstantSource clock) {}

    /**
     * An intake.
     *
     * @param transactions join the transaction of the thread, or begin one
     * @param jdbc on the connection of that transaction
     */
    Intake(
            TransactionOperations transactions,
            JdbcOperations jdbc,
            StagedEffects effects,
            StagedWorker worker,
            Sender sender) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.effects = effects;
        this.worker = worker;
        this.sender = sender;
    }

    /**
     * Records it for this caller and says under which id.
     *
     * @param alongside runs with that id in the transaction of the intent, and commits or rolls back with it
     */
    UUID accept(String caller, Notification notification, Consumer<UUID> alongside) {
        UUID id = IdempotencyKey.create(sender.clock().instant()).uuid().orElseThrow();
        String messageId = "<" + id + "@" + sender.domain() + ">";
        Intent intent = new Intent(id, MailEffect.KIND, caller, MailPayload.of(messageId, sender.from(), notification));
        transactions.executeWithoutResult(status -> {
            jdbc.execute((ConnectionCallback<Boolean>) connection -> {
                effects.record(connection, intent);
                return true;
            });
            alongside.accept(id);
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
