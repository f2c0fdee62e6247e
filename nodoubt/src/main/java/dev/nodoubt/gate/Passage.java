package dev.nodoubt.gate;

import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The transaction that the gate's row and the handler's effect share (protocol, section 6, steps 1 to 5). */
final class Passage {

    /** What a handler declares as the call's answer by returning it; every other 4xx answers one attempt only. */
    private static final Set<Integer> DECLARED = Set.of(400, 404, 410, 412, 422);

    private static final Set<String> KEPT_HEADERS = Set.of("content-language", "location", "etag", "link");

    private final GateStore store;
    private final Transactions transactions;
    private final GateSettings settings;
    private final InstantSource clock;

    Passage(GateStore store, Transactions transactions, GateSettings settings, InstantSource clock) {
        this.store = store;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    Turn run(Ticket ticket, Work work) {
        try (Transactions.Transaction transaction = transactions.begin()) {
            Turn refusal = enter(transaction.connection(), ticket);
            return refusal == null ? perform(transaction, ticket, work) : refusal;
        } catch (SQLException e) {
            // Thrown before the handler started: what comes after it answers for its own failures.
            return switch (store.fault(e)) {
                case CONFLICT -> new Turn.Again();
                case LOCK_WAIT -> new Turn.Done(Admission.withheld(Reason.IN_PROGRESS));
                case ROLLED_BACK, OTHER -> new Turn.Done(Admission.withheld(Reason.STORE_UNAVAILABLE, e));
            };
        }
    }

    /** Null when the handler may start. */
    private @Nullable Turn enter(Connection connection, Ticket ticket) throws SQLException {
        String lockWait = store.bound(connection, settings.lockWait(), settings.transactionLimit());
        if (!hold(connection, ticket.key())) {
            return new Turn.Done(Admission.withheld(Reason.IN_PROGRESS));
        }
        Instant now = clock.instant();
        GateRow row = new GateRow.Executed(ticket.fingerprint(), ticket.operation(), now, null);
        if (!store.insert(connection, ticket.key(), ticket.time(), row)) {
            return new Turn.Again();
        }
        // After the insert: one that succeeds only because its row was purged sees the horizon that refuses it.
        if (Horizon.covers(store.horizon(connection, lockWait), ticket.time())) {
            return new Turn.Done(Admission.withheld(Reason.KEY_EXPIRED));
        }
        return ticket.deadlinePassed(clock.instant())
                ? new Turn.Done(Admission.withheld(Reason.DEADLINE_PASSED))
                : null;
    }

    /** Asks twice, because a query's probe holds the key for the length of one statement. */
    private boolean hold(Connection connection, GateKey key) throws SQLException {
        if (store.hold(connection, key)) {
            return true;
        }
        Pause.betweenProbes();
        return store.hold(connection, key);
    }

    private Turn perform(Transactions.Transaction transaction, Ticket ticket, Work work) {
        Reply reply;
        try {
            reply = Objects.requireNonNull(work.run(transaction.connection()), "the handler returned no reply");
        } catch (NotExecutedException e) {
            return rolledBack(transaction, ticket, new Turn.Done(new Admission.NotExecuted(e.reply())));
        } catch (RejectedException e) {
            return rolledBack(transaction, ticket, new Turn.Refused(e.reply()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return rolledBack(transaction, ticket, new Turn.Done(Admission.withheld(Reason.HANDLER_FAILED, e)));
        } catch (Exception e) {
            return rolledBack(transaction, ticket, new Turn.Done(Admission.withheld(Reason.HANDLER_FAILED, e)));
        }
        if (DECLARED.contains(reply.status())) {
            return rolledBack(transaction, ticket, new Turn.Refused(reply));
        }
        if (reply.status() >= 400) {
            return rolledBack(transaction, ticket, new Turn.Done(new Admission.NotExecuted(reply)));
        }
        if (transaction.rollbackOnly()) {
            return rolledBack(transaction, ticket, new Turn.Done(Admission.withheld(Reason.ROLLED_BACK)));
        }
        return new Turn.Done(commit(transaction, ticket, reply));
    }

    /** "Not executed" is true only if this is still the gate's transaction, which closing rolls back. */
    private Turn rolledBack(Transactions.Transaction transaction, Ticket ticket, Turn turn) {
        try {
            return store.owns(transaction.connection(), ticket.key())
                    ? turn
                    : new Turn.Done(Admission.withheld(Reason.BROKEN));
        } catch (SQLException e) {
            return turn; // An aborted transaction, or a lost connection: neither can commit any more.
        }
    }

    private Admission commit(Transactions.Transaction transaction, Ticket ticket, Reply reply) {
        try {
            if (!store.complete(transaction.connection(), ticket.key(), kept(reply))) {
                return Admission.withheld(Reason.BROKEN);
            }
        } catch (SQLException e) {
            return Admission.withheld(Reason.HANDLER_FAILED, e);
        }
        CommitResult result = CommitResult.of(transaction, store);
        if (result instanceof CommitResult.Unknown unknown) {
            return Admission.withheld(Reason.COMMIT_UNKNOWN, unknown.cause());
        }
        return result instanceof CommitResult.Refused refused
                ? Admission.withheld(Reason.COMMIT_FAILED, refused.cause())
                : new Admission.Executed(reply, false);
    }

    /** The part of a reply that goes into the row. */
    Reply kept(Reply reply) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(reply.headers());
        headers.keySet().removeIf(name -> !KEPT_HEADERS.contains(name.toLowerCase(Locale.ROOT)));
        Payload body = reply.body();
        return new Reply(reply.status(), headers, body != null && body.size() > settings.replyLimit() ? null : body);
    }
}
