package dev.nodoubt.test;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.CallStore.Recording;
import dev.nodoubt.call.Deferral;
import dev.nodoubt.call.Doubt;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.Postponement;
import dev.nodoubt.call.Progress;
import dev.nodoubt.call.Settlement;
import dev.nodoubt.call.Terms;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** What the contracts of a store of calls do with it. A bench has a target of its own, so tables need not be emptied. */
final class CallBench {

    static final Duration LEASE = Duration.ofMinutes(1);
    static final Duration RUN_OUT = Duration.ofSeconds(-1);
    static final Outcome EXECUTED = new Outcome.Executed(Reply.of(201, Payload.json("{}")));
    static final Outcome NEVER = Outcome.Never.of(Outcome.Why.NEVER_SENT);
    static final String OPERATION = "POST /api/notifications";

    final String target = "t-" + UUID.randomUUID();
    final CallStore store;
    private final DataSource database;

    CallBench(CallParts parts) {
        this.store = parts.store();
        this.database = parts.database();
    }

    long join() {
        return store.join("test", LEASE).incarnation();
    }

    /** A node whose lease has run out. */
    long dead() {
        return store.join("dead", RUN_OUT).incarnation();
    }

    Call call(String text) {
        return Call.post(target, "/api/notifications", Payload.json("{\"text\":\"" + text + "\"}"));
    }

    static OpenCall open(Call call, boolean marksStart) {
        Instant now = Instant.now();
        Progress waiting =
                new Progress(CallState.WAITING, 0, now, now.plus(call.timing().deadline()), null, "", null);
        Terms terms = new Terms(call.labels(), call.timing().backoff(), marksStart);
        return new OpenCall(call.key(), call.request(), terms, waiting, null, call.trace());
    }

    Connection begin() throws SQLException {
        Connection transaction = database.getConnection();
        transaction.setAutoCommit(false);
        return transaction;
    }

    Recording record(Connection transaction, long holder, Call call) {
        return store.record(transaction, open(call, false), call.timing(), holder);
    }

    /** Recorded and committed. */
    Recording record(long holder, Call call) throws SQLException {
        try (Connection transaction = begin()) {
            Recording recording = record(transaction, holder, call);
            transaction.commit();
            return recording;
        }
    }

    /** One whose holder commits each start. */
    void recordMarked(long holder, Call call) throws SQLException {
        try (Connection transaction = begin()) {
            store.record(transaction, open(call, true), call.timing(), holder);
            transaction.commit();
        }
    }

    void rolledBack(long holder, Call call) throws SQLException {
        try (Connection transaction = begin()) {
            record(transaction, holder, call);
            transaction.rollback();
        }
    }

    List<OpenCall> due(long holder) {
        return store.due(holder, new CallStore.Wish(target, Set.of(), CallStore.Wanted.ALL, null, 100));
    }

    /** This one of those that are due. */
    OpenCall due(long holder, Call call) {
        return due(holder).stream()
                .filter(open -> open.key().equals(call.key()))
                .findAny()
                .orElseThrow();
    }

    List<IdempotencyKey> dueKeys(long holder) {
        return due(holder).stream().map(OpenCall::key).toList();
    }

    int takeOver(long holder) {
        return store.takeOver(holder, known(), 100);
    }

    CallStore.Known known() {
        return new CallStore.Known(Set.of(target), Set.of(), Set.of());
    }

    CallState state(Call call) {
        return store.find(call.key()).orElseThrow().state();
    }

    Set<IdempotencyKey> settle(long holder, Call call, Outcome outcome, CallState... stopOn) {
        return settle(new Settlement(call.key(), holder, outcome, 1), stopOn);
    }

    Set<IdempotencyKey> settle(Settlement settlement, CallState... stopOn) {
        Map<String, Set<CallState>> stops = Map.of(target, Set.of(stopOn));
        return store.write(new CallStore.Batch(List.of(settlement), List.of(), List.of(), List.of(), stops));
    }

    Set<IdempotencyKey> defer(long holder, Call call, Progress progress, CallState... stopOn) {
        Map<String, Set<CallState>> stops = Map.of(target, Set.of(stopOn));
        Deferral deferral = new Deferral(call.key(), holder, progress);
        return store.write(new CallStore.Batch(List.of(), List.of(deferral), List.of(), List.of(), stops));
    }

    /** Its outcome is known, its handler failed once. */
    Set<IdempotencyKey> postpone(long holder, Call call) {
        Postponement postponement =
                new Postponement(new Settlement(call.key(), holder, EXECUTED, 1), 1, past(), "its handler threw");
        return store.write(new CallStore.Batch(List.of(), List.of(), List.of(postponement), List.of(), Map.of()));
    }

    /** Due since five seconds ago. */
    static Progress progress(CallState state) {
        Instant past = past();
        Doubt doubt = state == CallState.WAITING ? null : new Doubt(past, 1, false);
        return new Progress(state, 1, past, past.plusSeconds(3600), null, "lost: no answer", doubt);
    }

    static Instant past() {
        return Instant.now().minusSeconds(5).truncatedTo(ChronoUnit.MICROS);
    }
}
