package dev.nodoubt.gate;

import dev.nodoubt.Answer;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
 * is not protected.
 */
public final class Gate {

    /** The longest time that a fence waits for an execution to end. */
    public static final Duration LONGEST_FENCE_WAIT = Duration.ofSeconds(2);

    /** The time that a fence waits when its caller does not say. */
    public static final Duration FENCE_WAIT = Duration.ofMillis(500);

    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final GateStore store;
    private final GateSettings settings;
    private final InstantSource clock;
    private final KeyRules keyRules;
    private final Passage passage;
    private final Recorder recorder;

    /**
     * A gate over the database that also holds the handlers' effects.
     *
     * @param transactions of the same database as the store
     * @param clock decides the accept window and the deadlines; no safety rests on it
     */
    public Gate(GateStore store, Transactions transactions, GateSettings settings, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.keyRules = new KeyRules(settings.window(), settings.skew());
        this.passage = new Passage(store, transactions, settings, clock);
        this.recorder = new Recorder(store, transactions);
    }

    public GateSettings settings() {
        return settings;
    }

    /** Whether this gate would take the key for an execution now, as far as its form and time go. */
    public KeyVerdict judge(IdempotencyKey key) {
        return keyRules.judge(key, clock.instant());
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
        int size = request.body().size();
        if (size > settings.bodyLimit()) {
            return Admission.withheld(
                    Reason.BODY_TOO_LARGE,
                    "the body must have at most " + settings.bodyLimit() + " bytes, had " + size);
        }
        Fingerprint fingerprint = Fingerprint.of(request);
        try {
            GateRow row = store.read(request.gateKey());
            if (row != null) {
                return replay(row, fingerprint);
            }
            KeyVerdict verdict = judge(request.key());
            if (verdict instanceof KeyVerdict.Unacceptable unacceptable) {
                return Admission.withheld(Reason.KEY_INVALID, unacceptable.rule());
            }
            if (verdict instanceof KeyVerdict.Acceptable acceptable) {
                return admit(Ticket.of(request, fingerprint, acceptable.time()), work);
            }
            return Horizon.covers(store.horizon(), ((KeyVerdict.TooOld) verdict).time())
                    ? Admission.withheld(Reason.KEY_EXPIRED)
                    : Admission.withheld(Reason.KEY_TOO_OLD);
        } catch (SQLException e) {
            return Admission.withheld(Reason.STORE_UNAVAILABLE, e);
        }
    }

    /** Every {@code SQLException} that leaves this method was thrown while no effect of this attempt could stand. */
    private Admission admit(Ticket ticket, Work work) throws SQLException {
        for (int turn = 0; turn < Pause.MOST_TURNS; turn++) {
            Pause.beforeTurn(turn);
            if (ticket.deadlinePassed(clock.instant())) {
                return Admission.withheld(Reason.DEADLINE_PASSED);
            }
            Turn end = passage.run(ticket, work);
            if (end instanceof Turn.Done done) {
                return done.admission();
            }
            if (end instanceof Turn.Refused refused) {
                return record(refused.reply(), ticket);
            }
            GateRow winner = store.read(ticket.key());
            if (winner != null) {
                return replay(winner, ticket.fingerprint());
            }
        }
        return Admission.withheld(Reason.IN_PROGRESS);
    }

    private Admission record(Reply refusal, Ticket ticket) {
        GateRow row =
                new GateRow.Rejected(ticket.fingerprint(), ticket.operation(), clock.instant(), passage.kept(refusal));
        Recording recording = recorder.insert(ticket.key(), ticket.time(), row, settings.lockWait());
        if (recording instanceof Recording.Lost lost) {
            return replay(lost.winner(), ticket.fingerprint());
        }
        if (recording instanceof Recording.Held) {
            return Admission.withheld(Reason.IN_PROGRESS);
        }
        if (recording instanceof Recording.Expired) {
            return Admission.withheld(Reason.KEY_EXPIRED);
        }
        if (recording instanceof Recording.Unknown unknown) {
            return Admission.withheld(Reason.COMMIT_UNKNOWN, unknown.cause());
        }
        return recording instanceof Recording.Unavailable unavailable
                ? Admission.withheld(Reason.STORE_UNAVAILABLE, unavailable.cause())
                : new Admission.Rejected(refusal, false);
    }

    private static Admission replay(GateRow row, Fingerprint asked) {
        if (row instanceof GateRow.Executed executed) {
            Reply reply = executed.reply();
            return compare(
                    executed.fingerprint(),
                    asked,
                    reply == null ? Admission.withheld(Reason.BROKEN) : new Admission.Executed(reply, true));
        }
        return row instanceof GateRow.Rejected rejected
                ? compare(rejected.fingerprint(), asked, new Admission.Rejected(rejected.reply(), true))
                : Admission.withheld(Reason.FENCED);
    }

    private static Admission compare(Fingerprint stored, Fingerprint asked, Admission same) {
        if (!stored.known()) {
            return Admission.withheld(
                    Reason.STORE_UNAVAILABLE,
                    new IllegalStateException("fingerprint version " + stored.version()
                            + " was stored by a newer node, this one knows " + Fingerprint.VERSION));
        }
        return stored.equals(asked) ? same : Admission.withheld(Reason.KEY_REUSED);
    }

    /**
     * What is known of a key. Only an {@link Outcome} is final: {@link Answer.Absent} proves nothing, because the request
     * may still be on its way. Locks nothing and waits for nobody.
     */
    public Finding query(String scope, IdempotencyKey key) {
        GateKey gateKey = new GateKey(scope, key);
        try {
            GateRow row = store.read(gateKey);
            if (row == null && store.held(gateKey)) {
                return Finding.of(new Answer.InProgress(RETRY_AFTER));
            }
            // Again: whoever held the key may have committed between the first read and the probe.
            row = row == null ? store.read(gateKey) : row;
            return row == null ? withoutRow(key) : ofRow(row, new Answer.Unknown());
        } catch (SQLException e) {
            LOG.warn("query of {}: the store failed, the answer is unknown; the caller asks again", gateKey, e);
            return Finding.of(new Answer.Unknown());
        }
    }

    private Finding withoutRow(IdempotencyKey key) throws SQLException {
        Instant horizon = store.horizon();
        boolean expired = key.time().filter(t -> Horizon.covers(horizon, t)).isPresent();
        return Finding.of(expired ? new Answer.Expired() : new Answer.Absent());
    }

    /**
     * Ends all doubt about a key: puts a tombstone into its row, unless an outcome stands there already. After
     * {@code Never} no execution of this key ever commits. Repeatable.
     *
     * <p>A key that this gate would never execute (see {@link KeyVerdict.Unacceptable}) is not fenced: the answer is then
     * a query's.
     *
     * @param wait how long to wait for an execution to end, 0 to 2 s; {@link Answer.InProgress} when it takes longer
     * @param reason for people, at most 200 characters; may be empty
     * @throws IllegalStateException when this thread is inside a transaction already
     */
    public Finding fence(String scope, IdempotencyKey key, Duration wait, String reason) {
        if (wait.isNegative() || wait.compareTo(LONGEST_FENCE_WAIT) > 0) {
            throw new IllegalArgumentException("fence: wait must be 0 to 2000 ms, was " + wait.toMillis());
        }
        GateRow tombstone = new GateRow.Fenced(clock.instant(), reason);
        if (judge(key) instanceof KeyVerdict.Unacceptable) {
            return query(scope, key);
        }
        GateKey gateKey = new GateKey(scope, key);
        Recording recording = recorder.insert(gateKey, key.time().orElseThrow(), tombstone, wait);
        if (recording instanceof Recording.Inserted) {
            return ofRow(tombstone, new Answer.Unknown());
        }
        if (recording instanceof Recording.Lost lost) {
            return ofRow(lost.winner(), new Answer.InProgress(RETRY_AFTER));
        }
        if (recording instanceof Recording.Held) {
            return Finding.of(new Answer.InProgress(RETRY_AFTER));
        }
        if (recording instanceof Recording.Expired) {
            return Finding.of(new Answer.Expired());
        }
        LOG.warn("fence of {}: the tombstone may or may not stand; the caller fences again", gateKey, cause(recording));
        return Finding.of(new Answer.Unknown());
    }

    private static @Nullable Exception cause(Recording recording) {
        if (recording instanceof Recording.Unknown unknown) {
            return unknown.cause();
        }
        return recording instanceof Recording.Unavailable unavailable ? unavailable.cause() : null;
    }

    /**
     * What a committed row says.
     *
     * @param broken what to say of a row without a reply
     */
    private static Finding ofRow(GateRow row, Answer broken) {
        if (row instanceof GateRow.Executed executed) {
            Reply reply = executed.reply();
            return new Finding(
                    reply == null ? broken : new Outcome.Executed(reply), executed.operation(), executed.at());
        }
        if (row instanceof GateRow.Rejected rejected) {
            return new Finding(new Outcome.Rejected(rejected.reply()), rejected.operation(), rejected.at());
        }
        return new Finding(Outcome.Never.of(Outcome.Why.FENCED), null, row.at());
    }
}
