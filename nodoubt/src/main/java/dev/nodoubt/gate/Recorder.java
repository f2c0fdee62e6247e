package dev.nodoubt.gate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Inserts a row that needs no handler, in a transaction of its own: tombstones (protocol, section 8) and rejections
 * (section 6, step 5).
 */
final class Recorder {

    /** Such a transaction holds nothing but the gate's own statements. */
    private static final Duration LENGTH = Duration.ofSeconds(10);

    private final GateStore store;
    private final Transactions transactions;

    Recorder(GateStore store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    Recording insert(GateKey key, GateRow row, Duration wait) {
        for (int turn = 0; turn < Pause.MOST_TURNS; turn++) {
            Pause.beforeTurn(turn);
            Recording recording = once(key, row, wait);
            if (recording != null) {
                return recording;
            }
            try {
                GateRow winner = store.read(key);
                if (winner != null) {
                    return new Recording.Lost(winner);
                }
            } catch (SQLException e) {
                return new Recording.Unavailable(e);
            }
        }
        return new Recording.Held();
    }

    /** Null when the insert lost, or has to be repeated: the winner, if there is one, is read after this transaction. */
    private @Nullable Recording once(GateKey key, GateRow row, Duration wait) {
        try (Transactions.Transaction transaction = transactions.begin(Isolation.READ_COMMITTED)) {
            Connection connection = transaction.connection();
            GateStore.Bound bound =
                    new GateStore.Bound(Isolation.READ_COMMITTED, wait, atLeastOneMilli(wait), LENGTH.plus(wait));
            GateStore.Entry entry = enter(connection, key, row, bound);
            if (!(entry instanceof GateStore.Entry.Inserted inserted)) {
                return entry instanceof GateStore.Entry.Held ? new Recording.Held() : null;
            }
            return Horizon.covers(inserted.horizon(), row.keyTime())
                    ? new Recording.Expired()
                    : ending(CommitResult.of(transaction, store));
        } catch (SQLException e) {
            return switch (store.fault(e)) {
                case CONFLICT -> null;
                case LOCK_WAIT -> new Recording.Held();
                case ROLLED_BACK, OTHER -> new Recording.Unavailable(e);
            };
        }
    }

    /** Gives the session its settings back, which a failure of this must not hide. */
    private GateStore.Entry enter(Connection connection, GateKey key, GateRow row, GateStore.Bound bound)
            throws SQLException {
        GateStore.Entry entry;
        try {
            entry = store.enter(connection, key, row, bound);
        } catch (SQLException e) {
            try {
                store.release(connection);
            } catch (SQLException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        store.release(connection);
        return entry;
    }

    private static @Nullable Recording ending(CommitResult result) {
        if (result instanceof CommitResult.Unknown unknown) {
            return new Recording.Unknown(unknown.cause());
        }
        if (result instanceof CommitResult.Refused refused) {
            return refused.fault() == GateStore.Fault.CONFLICT ? null : new Recording.Unavailable(refused.cause());
        }
        return new Recording.Inserted();
    }

    /** A database takes a lock wait of zero as "for ever". */
    private static Duration atLeastOneMilli(Duration wait) {
        return wait.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : wait;
    }
}
