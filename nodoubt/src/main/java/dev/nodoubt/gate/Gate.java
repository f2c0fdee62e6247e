package dev.nodoubt.gate;

import dev.nodoubt.Answer;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the effect of a key happen at most once, and answers for it ever after. Thread-safe.
 *
 * <p>The key's row, the handler's effect and the reply commit together in one transaction, which the gate owns: never
 * call it inside another one. There is no lease, heartbeat or owner: when a process dies, its database rolls back, and
 * the next attempt executes at once.
 *
 * <p>Operation requires that the effect goes through the transaction that {@link Work} is given. What it does elsewhere
 * is not protected. It also requires a {@link GateUpkeep} that runs: without one the table only grows, and no quota holds.
 */
public final class Gate {

    /** The longest time that a fence waits for an execution to end. */
    public static final Duration LONGEST_FENCE_WAIT = Duration.ofSeconds(2);

    /** The time that a fence waits when its caller does not say. */
    public static final Duration FENCE_WAIT = Duration.ofMillis(500);

    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Reply QUOTA = new Reply(429, Map.of(), null);
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final GateStore store;
    private final Transactions transactions;
    private final GateSettings settings;
    private final InstantSource clock;
    private final KeyRules keyRules;
    private final UsageMeter usage;
    private final AdmissionMeter meter = new AdmissionMeter();
    private final GuardedGateObserver observer;
    private final Execution.GateParts parts;
    private volatile long incarnation;

    /**
     * A gate over the database that also holds the handlers' effects, keeping replies as they are.
     *
     * @param transactions of the same database as the store
     * @param clock decides the accept window and the deadlines; no safety rests on it
     */
    public Gate(GateStore store, Transactions transactions, GateSettings settings, InstantSource clock) {
        this(store, transactions, settings, clock, GateHooks.NONE);
    }

    /** As the other one, with what the application adds. */
    public Gate(
            GateStore store, Transactions transactions, GateSettings settings, InstantSource clock, GateHooks hooks) {
        this.store = store;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
        this.keyRules = new KeyRules(settings.keys());
        this.usage = new UsageMeter(settings.quota());
        this.observer = new GuardedGateObserver(hooks.observer());
        KeptReplies replies = new KeptReplies(settings.replies(), hooks.keeper());
        Passage passage = new Passage(store, transactions, settings.limits(), clock, replies);
        this.parts = new Execution.GateParts(
                store, passage, new Recorder(store, transactions), replies, usage, settings, clock);
    }

    public GateSettings settings() {
        return settings;
    }

    /**
     * Whether this gate would take the key for an execution now, as far as its form and time go.
     *
     * @param firstSent when a foreign key was first sent; null when its caller did not say
     */
    public KeyVerdict judge(IdempotencyKey key, @Nullable Instant firstSent) {
        return keyRules.judge(key, firstSent, clock.instant());
    }

    /** Until when the key's record is guaranteed; empty of a foreign key without a time, whose record is never purged. */
    public Optional<Instant> keptUntil(IdempotencyKey key, @Nullable Instant firstSent) {
        return Optional.ofNullable(KeyRules.time(key, firstSent))
                .map(time -> time.plus(settings.retention().rows()));
    }

    /** The store's incarnation number as the {@link GateUpkeep} last read it; 0 before that. */
    public long incarnation() {
        return incarnation;
    }

    /**
     * Runs the work if its key was never executed, rejected or fenced, and says what became of the request.
     *
     * <p>Authenticate, authorise and validate before: a replay is an answer like any other.
     *
     * @param work the effect; runs at most once in this call
     * @throws IllegalStateException when this thread is inside a transaction already
     */
    public Admission execute(GateRequest request, Work work) {
        transactions.requireOutside();
        return GuardedGateObserver.watched(
                observer.executing(request), () -> meter.counted(new Execution(parts, request, work).run()));
    }

    /** What this gate has decided since it was made. */
    public GateCounts counts() {
        return meter.counts();
    }

    /**
     * What is known of a key. Only an {@link Outcome} is final: {@link Answer.Absent} proves nothing, because the request
     * may still be on its way. Locks nothing and waits for nobody.
     */
    public Finding query(String scope, IdempotencyKey key) {
        return query(scope, key, null);
    }

    /**
     * What is known of a foreign key.
     *
     * @param firstSent when it was first sent; null when its caller did not say
     */
    public Finding query(String scope, IdempotencyKey key, @Nullable Instant firstSent) {
        GateKey gateKey = new GateKey(scope, key);
        return GuardedGateObserver.watched(observer.querying(gateKey), () -> find(gateKey, firstSent));
    }

    private Finding find(GateKey gateKey, @Nullable Instant firstSent) {
        try {
            GateRow row = store.read(gateKey);
            if (row == null && store.held(gateKey)) {
                return Finding.of(new Answer.InProgress(RETRY_AFTER));
            }
            // Again: whoever held the key may have committed between the first read and the probe.
            row = row == null ? store.read(gateKey) : row;
            if (row != null) {
                return ofRow(gateKey, row, new Answer.Unknown());
            }
            boolean expired = Horizon.covers(store.horizon().keyTime(), KeyRules.time(gateKey.key(), firstSent));
            return Finding.of(expired ? new Answer.Expired() : new Answer.Absent());
        } catch (SQLException e) {
            LOG.warn("ND-0201 query of {}: the store failed, the answer is unknown; the caller asks again", gateKey, e);
            return Finding.of(new Answer.Unknown());
        }
    }

    /**
     * Ends all doubt about a key: puts a tombstone into its row, unless an outcome stands there already. After
     * {@code Never} no execution of this key ever commits. Repeatable.
     *
     * <p>A key that this gate would never execute (see {@link KeyVerdict.Unacceptable}) is not fenced: the answer is then
     * a query's. Of a caller whose quota is used up a key without a row is not fenced either: {@link Answer.NotExecuted}
     * with status 429, which proves nothing.
     *
     * @param wait how long to wait for an execution to end, 0 to 2 s; {@link Answer.InProgress} when it takes longer
     * @param reason for people, at most 200 characters; may be empty
     * @throws IllegalStateException when this thread is inside a transaction already
     */
    public Finding fence(String scope, IdempotencyKey key, Duration wait, String reason) {
        return fence(new GateKey(scope, key), null, wait, reason);
    }

    /**
     * As the other one, of a foreign key.
     *
     * @param firstSent when it was first sent; null when its caller did not say
     */
    public Finding fence(GateKey key, @Nullable Instant firstSent, Duration wait, String reason) {
        if (wait.isNegative() || wait.compareTo(LONGEST_FENCE_WAIT) > 0) {
            throw new IllegalArgumentException("fence: wait must be 0 to 2000 ms, was " + wait.toMillis());
        }
        transactions.requireOutside();
        return GuardedGateObserver.watched(observer.fencing(key), () -> fenced(key, firstSent, wait, reason));
    }

    private Finding fenced(GateKey key, @Nullable Instant firstSent, Duration wait, String reason) {
        GateRow tombstone = new GateRow.Fenced(KeyRules.time(key.key(), firstSent), Ticket.at(clock), reason);
        Instant time = KeyRules.time(key.key(), firstSent);
        boolean beforeAll = time != null && time.isBefore(Instant.EPOCH);
        if (beforeAll || judge(key.key(), firstSent) instanceof KeyVerdict.Unacceptable) {
            return find(key, firstSent);
        }
        if (usage.fullOfTombstones(key.scope())) {
            Finding finding = find(key, firstSent);
            return finding.answer() instanceof Answer.Absent ? Finding.of(new Answer.NotExecuted(QUOTA)) : finding;
        }
        return found(key, tombstone, parts.recorder().insert(key, tombstone, wait));
    }

    private Finding found(GateKey key, GateRow tombstone, Recording recording) {
        if (recording instanceof Recording.Inserted) {
            usage.recorded(key.scope(), true);
            return ofRow(key, tombstone, new Answer.Unknown());
        }
        if (recording instanceof Recording.Lost lost) {
            return ofRow(key, lost.winner(), new Answer.InProgress(RETRY_AFTER));
        }
        if (recording instanceof Recording.Held) {
            return Finding.of(new Answer.InProgress(RETRY_AFTER));
        }
        if (recording instanceof Recording.Expired) {
            return Finding.of(new Answer.Expired());
        }
        Exception cause = recording instanceof Recording.Unknown unknown
                ? unknown.cause()
                : ((Recording.Unavailable) recording).cause();
        LOG.warn("ND-0202 fence of {}: the tombstone may or may not stand; the caller fences again", key, cause);
        return Finding.of(new Answer.Unknown());
    }

    /**
     * Erases body and headers of the key's recorded reply. The key stays until the horizon passes it: replays say status
     * and {@code Nodoubt-Body: omitted}.
     *
     * @return false when no reply stands under the key
     * @throws SQLException when the store failed; what was erased stays erased
     */
    public boolean forget(String scope, IdempotencyKey key) throws SQLException {
        return store.forget(new GateKey(scope, key));
    }

    /**
     * To be called after the database was rewound: a backup was restored, or a failover lost acknowledged commits. Raises
     * the horizon to now, so that no key of the lost time executes a second time, and the store's incarnation, which
     * tells callers that earlier answers may not hold any more.
     *
     * @throws SQLException when the store failed; call it again
     */
    public void rewound() throws SQLException {
        Instant now = clock.instant();
        Instant databases = store.now();
        // Keys of callers whose clocks run ahead may have been fenced in the lost time, too.
        store.rewound(
                (databases.isAfter(now) ? databases : now).plus(settings.keys().skew()));
        refresh();
    }

    /** Writes and reads what this gate keeps in memory about its store. */
    void refresh() throws SQLException {
        usage.write(store);
        incarnation = store.horizon().incarnation();
    }

    GateStore store() {
        return store;
    }

    GateObserver observer() {
        return observer;
    }

    InstantSource clock() {
        return clock;
    }

    /**
     * What a committed row says.
     *
     * @param broken what to say of a row without a reply
     */
    private Finding ofRow(GateKey key, GateRow row, Answer broken) {
        if (row instanceof GateRow.Executed executed) {
            Reply reply = executed.reply();
            String operation = executed.operation();
            Answer answer = reply == null
                    ? broken
                    : new Outcome.Executed(parts.replies().toSend(key, operation, reply));
            return new Finding(answer, operation, executed.at());
        }
        if (row instanceof GateRow.Rejected rejected) {
            Reply reply = parts.replies().toSend(key, rejected.operation(), rejected.reply());
            return new Finding(new Outcome.Rejected(reply), rejected.operation(), rejected.at());
        }
        return new Finding(Outcome.Never.of(Outcome.Why.FENCED), null, row.at());
    }
}
