package dev.nodoubt.jdbc;

import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.CallStore.Recording;
import dev.nodoubt.call.CallStoreException;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.Request;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a call is recorded in the business transaction: its business key, its place in its order, its row, its tags. */
final class CallBirth {

    private static final String TAG = "INSERT INTO nodoubt_tag (tag, call_key) VALUES (?, ?)";

    private final ReferenceTable references;
    private final OrderTable orders;

    CallBirth(ReferenceTable references, OrderTable orders) {
        this.references = references;
        this.orders = orders;
    }

    Recording record(CallSession session, OpenCall call, Call.Timing timing, long holder) throws SQLException {
        Call.Labels labels = call.terms().labels();
        byte[] digest = labels.businessKey() == null
                ? null
                : ReferenceTable.digest(call.request().target(), call.request().operation(), labels.businessKey());
        IdempotencyKey earlier = digest == null ? null : references.refer(session, digest, call.key());
        if (earlier != null) {
            return new Recording(earlier, CallStore.NOBODY, true);
        }
        OrderId order =
                labels.orderKey() == null ? null : OrderId.of(call.request().target(), labels.orderKey());
        OrderTable.Place place = null;
        try {
            place = order == null ? null : orders.take(session, order);
            boolean waits = place != null && place.waits();
            if (insert(session, call, timing, new Stand(waits ? OrderTable.TURN : holder, order, place))) {
                tag(session, call);
                return new Recording(call.key(), waits ? CallStore.NOBODY : holder, false);
            }
        } catch (SQLException e) {
            undoAfter(e, session, digest, place == null ? null : order);
            throw e;
        }
        CallStoreException already = recordedAlready(call);
        undoAfter(already, session, digest, order);
        throw already;
    }

    /** Where the transaction may go on, neither its business key nor its place may stay; elsewhere this fails as well. */
    private void undoAfter(Exception fault, CallSession session, byte @Nullable [] digest, @Nullable OrderId order) {
        try {
            undo(session, digest, order);
        } catch (SQLException e) {
            fault.addSuppressed(e);
        }
    }

    private static CallStoreException recordedAlready(OpenCall call) {
        return new CallStoreException(
                "call " + call.key() + " to " + call.request().target()
                        + " is recorded already: a key names one call, use a new one",
                null);
    }

    private void undo(CallSession session, byte @Nullable [] digest, @Nullable OrderId order) throws SQLException {
        if (digest != null) {
            references.remove(session, digest);
        }
        if (order != null) {
            orders.giveUp(session, order);
        }
    }

    /** Who holds the new row, and where it stands. */
    private record Stand(long holder, @Nullable OrderId order, OrderTable.@Nullable Place place) {}

    private static boolean insert(CallSession session, OpenCall call, Call.Timing timing, Stand stand)
            throws SQLException {
        boolean bare = isBare(call, stand);
        try (PreparedStatement insert = session.prepare(session.sql().record(bare))) {
            session.dialect().bind(insert, 1, call.key());
            insert.setLong(2, stand.holder);
            insert.setLong(3, micros(timing.delay()));
            insert.setLong(4, micros(timing.deadline()));
            bindRequest(insert, call.request());
            insert.setBoolean(11, call.terms().marksStart());
            insert.setInt(12, call.terms().labels().priority());
            if (!bare) {
                bindBackoff(insert, call.terms().backoff());
                bindLabels(insert, call.terms().labels());
                insert.setBytes(21, stand.order == null ? null : stand.order.bytes());
                insert.setObject(22, stand.place == null ? null : stand.place.sequence(), Types.BIGINT);
                insert.setString(23, call.trace() == null ? null : call.trace().text());
            }
            insert.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (Duplicates.is(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isBare(OpenCall call, Stand stand) {
        Call.Labels labels = call.terms().labels();
        return call.terms().backoff() == null
                && labels.handler() == null
                && labels.reference() == null
                && labels.tags().isEmpty()
                && labels.businessKey() == null
                && stand.order == null
                && call.trace() == null;
    }

    private static void bindRequest(PreparedStatement insert, Request request) throws SQLException {
        byte[] body = request.payload().bytes();
        insert.setString(5, request.target());
        insert.setString(6, request.method());
        insert.setString(7, request.path());
        insert.setString(8, request.payload().mediaType());
        insert.setBytes(9, body);
        insert.setBytes(10, Digest.sha256(body));
    }

    private static void bindBackoff(PreparedStatement insert, @Nullable Backoff backoff) throws SQLException {
        insert.setObject(13, backoff == null ? null : backoff.first().toNanos(), Types.BIGINT);
        insert.setObject(14, backoff == null ? null : backoff.cap().toNanos(), Types.BIGINT);
        insert.setObject(15, backoff == null ? null : backoff.jitter(), Types.DOUBLE);
    }

    private static void bindLabels(PreparedStatement insert, Call.Labels labels) throws SQLException {
        insert.setString(16, labels.handler());
        insert.setString(17, labels.reference());
        insert.setString(18, labels.tags().isEmpty() ? null : String.join(" ", labels.tags()));
        insert.setString(19, labels.businessKey());
        insert.setString(20, labels.orderKey());
    }

    private static void tag(CallSession session, OpenCall call) throws SQLException {
        if (call.terms().labels().tags().isEmpty()) {
            return;
        }
        try (PreparedStatement insert = session.prepare(TAG)) {
            for (String tag : call.terms().labels().tags()) {
                insert.setString(1, tag);
                session.dialect().bind(insert, 2, call.key());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}
