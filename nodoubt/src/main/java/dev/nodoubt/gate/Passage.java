package dev.nodoubt.gate;

import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transaction that the gate's row and the handler's effect share (protocol, section 6, steps 1 to 5). */
final class Passage {

    /** What a handler declares as the call's answer by returning it; every other 4xx answers one attempt only. */
    private static final Set<Integer> DECLARED = Set.of(400, 404, 410, 412, 422);

    private static final Logger LOG = LoggerFactory.getLogger(Passage.class);

    private final GateStore store;
    private final Transactions transactions;
    private final GateSettings.Limits limits;
    private final InstantSource clock;
    private final KeptReplies replies;

    Passage(
            GateStore store,
            Transactions transactions,
            GateSettings.Limits limits,
            InstantSource clock,
            KeptReplies replies) {
        this.store = store;
        this.transactions = transactions;
        this.limits = limits;
        this.clock = clock;
        this.replies = replies;
    }

    Turn run(Ticket ticket, Work work) {
        Isolation isolation = ticket.request().terms().isolation();
        try (Transactions.Transaction transaction = transactions.begin(isolation)) {
            Turn refusal;
            try {
                refusal = enter(transaction.connection(), ticket);
            } catch (SQLException e) {
                release(transaction.connection());
                throw e;
            }
            if (refusal != null) {
                release(transaction.connection());
                return refusal;
            }
            try {
                return perform(new Stay(transaction, ticket), work);
            } catch (Error e) {
                release(transaction.connection());
                throw e;
            }
        } catch (SQLException e) {
            // Thrown before the handler started: what comes after it answers for its own failures.
            return switch (store.fault(e)) {
                case CONFLICT -> new Turn.Again();
                case LOCK_WAIT -> new Turn.Held();
                case ROLLED_BACK, OTHER -> new Turn.Done(Admission.withheld(Reason.STORE_UNAVAILABLE, e));
            };
        }
    }

    /** Null when the handler may start. */
    private @Nullable Turn enter(Connection connection, Ticket ticket) throws SQLException {
        GateRow row = ticket.begun(Ticket.at(clock));
        Isolation isolation = ticket.request().terms().isolation();
        GateStore.Bound bound = new GateStore.Bound(isolation, Duration.ZERO, limits.lockWait(), limits.transaction());
        GateStore.Entry entry = store.enter(connection, ticket.key(), row, bound);
        if (entry instanceof GateStore.Entry.Held) {
            // Once more, because a query's probe holds the key for the length of one statement.
            store.release(connection);
            Pause.betweenProbes();
            entry = store.enter(connection, ticket.key(), row, bound);
        }
        if (!(entry instanceof GateStore.Entry.Inserted inserted)) {
            return entry instanceof GateStore.Entry.Held ? new Turn.Held() : new Turn.Again();
        }
        // Read after the insert: one that succeeds only because its row was purged sees the horizon that refuses it.
        if (Horizon.covers(inserted.horizon(), ticket.time())) {
            return new Turn.Done(Admission.withheld(Reason.KEY_EXPIRED));
        }
        return ticket.deadlinePassed(clock.instant())
                ? new Turn.Done(Admission.withheld(Reason.DEADLINE_PASSED))
                : null;
    }

    /** An open transaction in which the key's row stands. */
    private record Stay(Transactions.Transaction transaction, Ticket ticket) {
        Connection connection() {
            return transaction.connection();
        }
    }

    private Turn perform(Stay stay, Work work) {
        Reply reply;
        try {
            reply = Objects.requireNonNull(work.run(stay.connection()), "the handler returned no reply");
        } catch (NotExecutedException e) {
            return rolledBack(stay, new Turn.Done(new Admission.NotExecuted(e.reply())));
        } catch (RejectedException e) {
            return rejected(stay, e.reply());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return rolledBack(stay, new Turn.Done(Admission.withheld(Reason.HANDLER_FAILED, e)));
        } catch (Exception e) {
            return rolledBack(stay, new Turn.Done(Admission.withheld(Reason.HANDLER_FAILED, e)));
        }
        if (DECLARED.contains(reply.status())) {
            return rejected(stay, reply);
        }
        if (reply.status() >= 400) {
            return rolledBack(stay, new Turn.Done(new Admission.NotExecuted(reply)));
        }
        if (stay.transaction().rollbackOnly()) {
            return rolledBack(stay, new Turn.Done(Admission.withheld(Reason.ROLLED_BACK)));
        }
        return commit(stay, reply);
    }

    private Turn rejected(Stay stay, Reply reply) {
        try {
            return rolledBack(stay, new Turn.Refused(reply, kept(stay, reply)));
        } catch (RuntimeException e) {
            return rolledBack(stay, new Turn.Done(Admission.withheld(Reason.HANDLER_FAILED, e)));
        }
    }

    private Reply kept(Stay stay, Reply reply) {
        GateRequest request = stay.ticket().request();
        return replies.toKeep(request.gateKey(), request.operation(), reply);
    }

    /** "Not executed" is true only if this is still the gate's transaction, which closing rolls back. */
    private Turn rolledBack(Stay stay, Turn turn) {
        try {
            boolean owns = store.owns(stay.connection(), stay.ticket().key());
            return owns ? turn : new Turn.Done(Admission.withheld(Reason.BROKEN));
        } catch (SQLException e) {
            // An aborted transaction, or a lost connection: neither can commit any more, but one before it may have.
            return new Turn.Unclear(turn);
        } finally {
            release(stay.connection());
        }
    }

    private Turn commit(Stay stay, Reply reply) {
        Reply kept;
        try {
            kept = kept(stay, reply);
        } catch (RuntimeException e) {
            return rolledBack(stay, new Turn.Done(Admission.withheld(Reason.HANDLER_FAILED, e)));
        }
        boolean whole;
        try {
            whole = store.complete(stay.connection(), stay.ticket().key(), kept);
            if (whole) {
                store.release(stay.connection());
            }
        } catch (SQLException | RuntimeException e) {
            release(stay.connection());
            return new Turn.Done(Admission.withheld(Reason.HANDLER_FAILED, e));
        }
        if (!whole) {
            return rolledBack(stay, new Turn.Done(Admission.withheld(Reason.HANDLER_FAILED, ended())));
        }
        CommitResult result = CommitResult.of(stay.transaction(), store);
        if (result instanceof CommitResult.Unknown unknown) {
            return new Turn.Done(Admission.withheld(Reason.COMMIT_UNKNOWN, unknown.cause()));
        }
        return new Turn.Done(
                result instanceof CommitResult.Refused refused
                        ? Admission.withheld(Reason.COMMIT_FAILED, refused.cause())
                        : new Admission.Executed(reply, false));
    }

    private static IllegalStateException ended() {
        return new IllegalStateException(
                "the transaction was rolled back while the handler ran, by the database or by the"
                        + " handler itself, which then went on: it must pass on what a statement throws");
    }

    /** Before a rollback, which must come whatever happens here: a session that cannot do this is dead or dying. */
    private void release(Connection connection) {
        try {
            store.release(connection);
        } catch (SQLException e) {
            LOG.debug("a session could not be given its settings back before its rollback", e);
        }
    }
}
