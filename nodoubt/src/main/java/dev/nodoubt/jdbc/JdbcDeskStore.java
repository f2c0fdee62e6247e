package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.call.Attention;
import dev.nodoubt.call.AuditEntry;
import dev.nodoubt.call.AuditEntry.Action;
import dev.nodoubt.call.CallDetail;
import dev.nodoubt.call.CallFilter;
import dev.nodoubt.call.CallPage;
import dev.nodoubt.call.CallStoreException;
import dev.nodoubt.call.Deed;
import dev.nodoubt.call.DeskStore;
import dev.nodoubt.call.NodeStatus;
import dev.nodoubt.call.Operator;
import dev.nodoubt.call.OutcomeHandler;
import dev.nodoubt.call.Overview;
import dev.nodoubt.call.TargetPause;
import dev.nodoubt.gate.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What an operators' desk reads and does in PostgreSQL, MariaDB, MySQL or H2. Thread-safe; takes a connection of the data
 * source for each method and keeps none.
 */
public final class JdbcDeskStore implements DeskStore {

    private final CallDatabase database;
    private final Transactions transactions;
    private final OverviewReads overviews = new OverviewReads();
    private final CallSearch searches = CallSearch.masked();
    private final DetailReads details = new DetailReads();
    private final AttentionReads attentions = new AttentionReads();
    private final NodeReads nodes = new NodeReads();
    private final AuditTable audit = new AuditTable();
    private final DemandTables demands = new DemandTables();
    private final DeskActions actions = new DeskActions(audit, demands);
    private final CallSettling settling = new CallSettling(new OrderTable());

    /** A desk's store on the database of the calls. */
    public JdbcDeskStore(DataSource dataSource) {
        this(dataSource, new JdbcTransactions(dataSource));
    }

    /**
     * One that settles by hand in transactions of the application's own transaction manager, as its outcome handlers need
     * them.
     *
     * @param transactions on the same database as the data source
     */
    public JdbcDeskStore(DataSource dataSource, Transactions transactions) {
        this.database = new CallDatabase(dataSource);
        this.transactions = transactions;
    }

    @Override
    public Overview overview(Duration settledWithin) {
        return database.inTransaction("count calls", tx -> overviews.overview(tx, settledWithin));
    }

    @Override
    public CallPage search(CallFilter filter) {
        return database.inTransaction("search calls", tx -> searches.search(tx, filter));
    }

    @Override
    public Optional<CallDetail> detail(IdempotencyKey key) {
        return database.inTransaction("read call " + key, tx -> details.detail(tx, key, audit.of(tx, key)));
    }

    @Override
    public Attention attention(Duration doubtFor) {
        return database.inTransaction("look for calls that need attention", tx -> attentions.attention(tx, doubtFor));
    }

    @Override
    public List<NodeStatus> nodes() {
        return database.inTransaction("read the nodes", nodes::newest);
    }

    @Override
    public List<TargetPause> pauses() {
        return database.inTransaction("read the paused targets", demands::pauses);
    }

    @Override
    public List<AuditEntry> audit(AuditQuery query) {
        return database.inTransaction("read the audit", tx -> audit.page(tx, query));
    }

    @Override
    public Deed attempt(IdempotencyKey key, Operator by) {
        return database.inTransaction("hurry call " + key, tx -> actions.hurry(tx, key, by, false));
    }

    @Override
    public Deed ask(IdempotencyKey key, Operator by) {
        return database.inTransaction("ask for call " + key, tx -> actions.hurry(tx, key, by, true));
    }

    @Override
    public Deed cancel(IdempotencyKey key, Duration unheard, Operator by) {
        return database.inTransaction("cancel call " + key, tx -> actions.cancel(tx, key, unheard, by));
    }

    @Override
    public Deed giveUp(IdempotencyKey key, Operator by) {
        return database.inTransaction("give up call " + key, tx -> actions.giveUp(tx, key, by));
    }

    @Override
    public Deed settle(IdempotencyKey key, Outcome outcome, Operator by, @Nullable OutcomeHandler handler) {
        String evidence = by.actor() + ": " + by.reason();
        try (Transactions.Transaction transaction = transactions.begin()) {
            CallSession session = database.session(transaction.connection());
            if (!settling.settleByHand(session, key, outcome, evidence, handler)) {
                return actions.notSettled(session, key);
            }
            Deed done = actions.audited(session, key, by, Action.SETTLE);
            CallSettling.commit(transaction);
            return done;
        } catch (SQLException e) {
            throw new CallStoreException("could not settle call " + key + " by hand: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<CallDetail.Revealed> reveal(IdempotencyKey key, Operator by) {
        return database.inTransaction("reveal call " + key, tx -> {
            Optional<CallDetail.Revealed> revealed = details.reveal(tx, key);
            if (revealed.isPresent()) {
                actions.audited(tx, key, by, Action.REVEAL);
            }
            return revealed;
        });
    }

    @Override
    public Deed pause(String target, Operator by) {
        try {
            return database.inTransaction("pause target " + target, tx -> actions.pause(tx, target, by));
        } catch (CallStoreException e) {
            if (e.getCause() instanceof SQLException fault && Duplicates.is(fault)) {
                return new Deed(Deed.Result.ALREADY, null);
            }
            throw e;
        }
    }

    @Override
    public Deed resume(String target, boolean halted, Operator by) {
        return database.inTransaction("resume target " + target, tx -> actions.resume(tx, target, halted, by));
    }
}
