package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.call.AttemptRecord;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallFilter;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.CallStoreException;
import dev.nodoubt.call.Deferral;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.OutcomeHandler;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.Settlement;
import dev.nodoubt.gate.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls in PostgreSQL, MariaDB, MySQL or H2. Thread-safe; takes a connection of the data source for each method and keeps
 * none.
 */
public final class JdbcCallStore implements CallStore {

    private static final Logger log = LoggerFactory.getLogger(JdbcCallStore.class);

    private final CallDatabase database;
    private final Transactions transactions;
    private final NodeTable nodes = new NodeTable();
    private final TakeOver takeOver = new TakeOver(nodes);
    private final OrderTable orders = new OrderTable();
    private final ReferenceTable references = new ReferenceTable();
    private final CallBirth births = new CallBirth(references, orders);
    private final UnreadCalls unread = new UnreadCalls();
    private final CallReads reads = new CallReads(unread);
    private final CallWrites writes = new CallWrites(orders);
    private final CallSettling settling = new CallSettling(orders);
    private final CallSearch search = CallSearch.whole(unread);
    private final AttemptTable attempts = new AttemptTable();
    private final TargetTable targets = new TargetTable();
    private final DemandTables demands = new DemandTables();
    private final CallPurge purge = new CallPurge();

    /** Targets for which the last question for late calls took too long. */
    private final Set<String> lateFailing = ConcurrentHashMap.newKeySet();

    /**
     * A store on the database that the business transactions use.
     *
     * @param dataSource a pool; the threads of a relay use at most four of its connections at once, as many again while one
     *     is started and another still closes, and each thread that asks through an outbox one more; not asked before the
     *     first use
     */
    public JdbcCallStore(DataSource dataSource) {
        this(dataSource, new JdbcTransactions(dataSource));
    }

    /**
     * A store whose outcome handlers run in transactions of the application's own transaction manager.
     *
     * @param transactions on the same database as the data source
     */
    public JdbcCallStore(DataSource dataSource, Transactions transactions) {
        this.database = new CallDatabase(dataSource);
        this.transactions = transactions;
    }

    @Override
    public Recording record(Connection transaction, OpenCall call, Call.Timing timing, long holder) {
        try {
            return births.record(database.session(transaction), call, timing, holder);
        } catch (SQLException e) {
            throw new CallStoreException("call " + call.key() + " could not be recorded: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean commitKeeps(Connection transaction) {
        try {
            return Dialect.POSTGRESQL == database.dialect(transaction) && PostgresTransaction.commitKeeps(transaction);
        } catch (SQLException e) { // of a driver that cannot be asked, or a connection that is gone: its commit says so
            return false;
        }
    }

    @Override
    public Set<IdempotencyKey> openOf(Collection<IdempotencyKey> keys) {
        return database.inTransaction("look for " + keys.size() + " calls", tx -> reads.open(tx, keys));
    }

    @Override
    public Lease join(String node, Duration lease) {
        return database.inTransaction("join node " + node, tx -> nodes.join(tx, node, lease));
    }

    @Override
    public Optional<Lease> renew(long incarnation, Duration lease) {
        return database.inTransaction(
                "renew the lease of incarnation " + incarnation, tx -> nodes.renew(tx, incarnation, lease));
    }

    @Override
    public int takeOver(long incarnation, Known known, int limit) {
        return database.inTransaction("take over calls", tx -> takeOver.takeOver(tx, incarnation, known, limit));
    }

    @Override
    public void leave(long incarnation, Collection<IdempotencyKey> underWay) {
        database.inTransaction("leave", tx -> {
            nodes.leave(tx, incarnation, underWay);
            return true;
        });
    }

    @Override
    public List<OpenCall> due(long incarnation, Wish wish) {
        List<OpenCall> due = database.inTransaction("read due calls", tx -> reads.due(tx, incarnation, wish));
        if (wish.wanted() == Wanted.ENDED_OR_LATE) {
            due.addAll(late(incarnation, wish, due.size()));
        }
        return due;
    }

    /** Apart from the others, and for a bounded time: the lease and the other targets wait for it. */
    private List<OpenCall> late(long incarnation, Wish wish, int found) {
        try {
            List<OpenCall> late =
                    database.inTransaction("read late calls", tx -> reads.late(tx, incarnation, wish, found));
            lateFailing.remove(wish.target());
            return late;
        } catch (CallStoreException e) {
            if (!(e.getCause() instanceof SQLException fault && Timeouts.is(fault))) {
                throw e;
            }
            if (lateFailing.add(wish.target())) {
                log.warn(
                        "ND-0118 calls to {} whose deadline has passed could not be read ({}); they are looked for"
                                + " again with a later scan, and settled when the target may be attempted",
                        wish.target(),
                        e.getMessage());
            }
            return List.of();
        }
    }

    @Override
    public Set<IdempotencyKey> cancelled(long incarnation) {
        return database.inTransaction("read cancelled calls", tx -> reads.cancelled(tx, incarnation));
    }

    @Override
    public Set<IdempotencyKey> write(Batch batch) {
        String what = "write " + batch.settlements().size() + " outcomes, "
                + batch.deferrals().size() + " attempts and "
                + batch.postponements().size() + " known outcomes";
        return database.inTransaction(what, tx -> {
            attempts.write(tx, batch.attempts());
            return writes.write(tx, batch);
        });
    }

    @Override
    public Set<IdempotencyKey> begin(List<Deferral> sending) {
        return database.inTransaction(
                "mark " + sending.size() + " calls as being sent", tx -> writes.begin(tx, sending));
    }

    @Override
    public Set<IdempotencyKey> settle(List<Settlement> settlements, OutcomeHandler handler, Set<CallState> stopOn) {
        try (Transactions.Transaction transaction = transactions.begin()) {
            Set<IdempotencyKey> held =
                    settling.settle(database.session(transaction.connection()), settlements, handler, stopOn);
            CallSettling.commit(transaction);
            return held;
        } catch (SQLException e) {
            throw new CallStoreException(
                    "could not settle " + settlements.size() + " calls with their handler: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean settle(IdempotencyKey key, Outcome outcome, String evidence, @Nullable OutcomeHandler handler) {
        try (Transactions.Transaction transaction = transactions.begin()) {
            CallSession session = database.session(transaction.connection());
            boolean settled = settling.settleByHand(session, key, outcome, evidence, handler);
            CallSettling.commit(transaction);
            return settled;
        } catch (SQLException e) {
            throw new CallStoreException("could not settle call " + key + " by hand: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean cancel(IdempotencyKey key) {
        return database.inTransaction("cancel call " + key, tx -> reads.cancel(tx, key));
    }

    @Override
    public boolean resumeOrder(String target, String orderKey) {
        return database.inTransaction(
                "resume an order of " + target, tx -> orders.resume(tx, OrderId.of(target, orderKey)));
    }

    @Override
    public Optional<RecordedCall> find(IdempotencyKey key) {
        return database.inTransaction("find call " + key, tx -> reads.find(tx, key));
    }

    @Override
    public Optional<RecordedCall> find(String target, String operation, String businessKey) {
        byte[] digest = ReferenceTable.digest(target, operation, businessKey);
        return database.inTransaction("find a call to " + target + " by its business key", tx -> {
            Optional<IdempotencyKey> key = references.find(tx, digest);
            return key.isPresent() ? reads.find(tx, key.get()) : Optional.empty();
        });
    }

    @Override
    public List<RecordedCall> search(CallQuery query) {
        return database.inTransaction(
                "search calls", tx -> search.search(tx, CallFilter.of(query)).calls());
    }

    @Override
    public List<AttemptRecord> attempts(IdempotencyKey key) {
        return database.inTransaction("read the attempts of call " + key, tx -> attempts.of(tx, key));
    }

    @Override
    public void holdOff(String target, Duration time) {
        database.inTransaction("hold off target " + target, tx -> {
            targets.holdOff(tx, target, time);
            return true;
        });
    }

    @Override
    public Map<String, Instant> heldOff() {
        return database.inTransaction("read which targets are held off", targets::heldOff);
    }

    @Override
    public Demands demands(long incarnation, Heard heard) {
        return database.inTransaction("read what operators want", tx -> demands.demands(tx, incarnation, heard));
    }

    @Override
    public Map<IdempotencyKey, Boolean> hurried(Collection<IdempotencyKey> keys) {
        return database.inTransaction("read which calls are hurried", tx -> demands.hurried(tx, keys));
    }

    @Override
    public int purge(Retention retention, int batch) {
        return database.inTransaction("purge calls", tx -> purge.purge(tx, retention, batch));
    }
}
