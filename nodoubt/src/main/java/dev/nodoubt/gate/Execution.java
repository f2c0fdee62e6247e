package dev.nodoubt.gate;

import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** One request on its way through the gate: from the first look at its key to its admission (protocol, section 6). */
final class Execution {

    /** The age of a key below which a row under it is not expected. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final GateParts parts;
    private final GateRequest request;
    private final Once work;

    Execution(GateParts parts, GateRequest request, Work work) {
        this.parts = parts;
        this.request = request;
        this.work = new Once(work);
    }

    /** The parts of a gate that an execution uses. */
    record GateParts(
            GateStore store,
            Passage passage,
            Recorder recorder,
            KeptReplies replies,
            UsageMeter usage,
            GateSettings settings,
            InstantSource clock) {}

    /** Work that knows whether it ran. */
    private static final class Once implements Work {

        private final Work work;
        private boolean ran;

        Once(Work work) {
            this.work = work;
        }

        @Override
        public Reply run(Connection transaction) throws Exception {
            ran = true;
            return work.run(transaction);
        }
    }

    /** Waits for another attempt that is in progress, as long as the caller and the gate allow, holding nothing. */
    Admission run() {
        Duration asked = request.terms().patience();
        Duration allowed = parts.settings().limits().patience();
        Instant until = parts.clock().instant().plus(asked.compareTo(allowed) < 0 ? asked : allowed);
        for (int round = 0; ; round++) {
            Admission admission = once(round);
            boolean inProgress =
                    admission instanceof Admission.Withheld withheld && withheld.reason() == Reason.IN_PROGRESS;
            boolean ends = work.ran || Thread.currentThread().isInterrupted();
            if (!inProgress || ends || !parts.clock().instant().isBefore(until)) {
                return admission;
            }
            Pause.whileInProgress(round);
        }
    }

    private Admission once(int round) {
        try {
            Instant now = parts.clock().instant();
            KeyVerdict verdict = new KeyRules(parts.settings().keys())
                    .judge(request.key(), request.terms().firstSent(), now);
            if (round == 0 && isProbablyFirst(verdict, now)) {
                return admit(new Ticket(request, ((KeyVerdict.Acceptable) verdict).time()));
            }
            GateRow row = parts.store().read(request.gateKey());
            if (row != null) {
                return replay(row);
            }
            if (verdict instanceof KeyVerdict.Unacceptable unacceptable) {
                return Admission.withheld(Reason.KEY_INVALID, unacceptable.rule());
            }
            if (verdict instanceof KeyVerdict.Acceptable acceptable) {
                return parts.usage().full(request.scope())
                        ? Admission.withheld(Reason.QUOTA)
                        : admit(new Ticket(request, acceptable.time()));
            }
            return Horizon.covers(parts.store().horizon().keyTime(), ((KeyVerdict.TooOld) verdict).time())
                    ? Admission.withheld(Reason.KEY_EXPIRED)
                    : Admission.withheld(Reason.KEY_TOO_OLD);
        } catch (SQLException e) {
            return Admission.withheld(Reason.STORE_UNAVAILABLE, e);
        }
    }

    /**
     * Whether to go without the first read, which nearly never finds the row of a key that was made just now: the unique
     * key decides anyway, and who loses reads the winner's row. Not where something could refuse a replay before that.
     */
    private boolean isProbablyFirst(KeyVerdict verdict, Instant now) {
        return verdict instanceof KeyVerdict.Acceptable acceptable
                && acceptable.time() != null
                && acceptable.time().isAfter(now.minus(FRESH))
                && !request.terms().deadlinePassed(now)
                && !parts.usage().full(request.scope());
    }

    /** Every {@code SQLException} that leaves this method was thrown while no effect of this attempt could stand. */
    private Admission admit(Ticket ticket) throws SQLException {
        for (int turn = 0; turn < Pause.MOST_TURNS; turn++) {
            Pause.beforeTurn(turn);
            if (ticket.deadlinePassed(parts.clock().instant())) {
                return Admission.withheld(Reason.DEADLINE_PASSED);
            }
            Turn end = clear(parts.passage().run(ticket, work), ticket);
            if (end instanceof Turn.Done done) {
                count(done.admission());
                return done.admission();
            }
            if (end instanceof Turn.Refused refused) {
                return record(refused, ticket);
            }
            // Who holds the key may be a duplicate that is just finding the row.
            GateRow winner = parts.store().read(ticket.key());
            if (winner != null) {
                return replay(winner);
            }
            if (end instanceof Turn.Held) {
                return Admission.withheld(Reason.IN_PROGRESS);
            }
        }
        return Admission.withheld(Reason.IN_PROGRESS);
    }

    /** Read after the transaction has ended. A store that cannot be read leaves what the transaction said. */
    private Turn clear(Turn end, Ticket ticket) {
        if (!(end instanceof Turn.Unclear unclear)) {
            return end;
        }
        try {
            GateRow row = parts.store().read(ticket.key());
            boolean broken = row instanceof GateRow.Executed executed && executed.reply() == null;
            return broken ? new Turn.Done(Admission.withheld(Reason.BROKEN)) : unclear.otherwise();
        } catch (SQLException e) {
            return unclear.otherwise();
        }
    }

    private void count(Admission admission) {
        if (admission instanceof Admission.Executed) {
            parts.usage().recorded(request.scope(), false);
        }
    }

    private Admission record(Turn.Refused refused, Ticket ticket) {
        GateRow row = new GateRow.Rejected(
                request.fingerprints().chosen(),
                request.operation(),
                ticket.time(),
                Ticket.at(parts.clock()),
                refused.kept());
        Recording recording = parts.recorder()
                .insert(ticket.key(), row, parts.settings().limits().lockWait());
        if (recording instanceof Recording.Lost lost) {
            return replay(lost.winner());
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
        if (recording instanceof Recording.Unavailable unavailable) {
            return Admission.withheld(Reason.STORE_UNAVAILABLE, unavailable.cause());
        }
        parts.usage().recorded(request.scope(), false);
        return new Admission.Rejected(refused.reply(), false);
    }

    private Admission replay(GateRow row) {
        if (row instanceof GateRow.Executed executed) {
            Reply reply = executed.reply();
            return same(executed.fingerprint(), row)
                    ? reply == null
                            ? Admission.withheld(Reason.BROKEN)
                            : new Admission.Executed(toSend(executed.operation(), reply), true)
                    : different(executed.fingerprint());
        }
        if (row instanceof GateRow.Rejected rejected) {
            return same(rejected.fingerprint(), row)
                    ? new Admission.Rejected(toSend(rejected.operation(), rejected.reply()), true)
                    : different(rejected.fingerprint());
        }
        return Admission.withheld(Reason.FENCED);
    }

    private Reply toSend(String operation, Reply kept) {
        return parts.replies().toSend(request.gateKey(), operation, kept);
    }

    /** By the rule under which the row was stored; a foreign key's first sending must be the same, too. */
    private boolean same(Fingerprint stored, GateRow row) {
        Fingerprint asked = request.fingerprints().by(stored.version());
        boolean foreign = request.key().time().isEmpty();
        return asked != null
                && stored.equals(asked)
                && (!foreign || Objects.equals(row.keyTime(), request.terms().firstSent()));
    }

    private static Admission different(Fingerprint stored) {
        return stored.known()
                ? Admission.withheld(Reason.KEY_REUSED)
                : new Admission.Withheld(
                        Reason.STORE_UNAVAILABLE,
                        "a newer node recorded this key by a rule that this one does not know; nothing was executed now",
                        new IllegalStateException("fingerprint version " + stored.version()
                                + " was stored by a newer node, which this one does not know"));
    }
}
