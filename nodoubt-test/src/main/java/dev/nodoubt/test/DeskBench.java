package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.AuditEntry;
import dev.nodoubt.call.AuditEntry.Action;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Deed;
import dev.nodoubt.call.DeskStore;
import dev.nodoubt.call.DeskStore.AuditQuery;
import dev.nodoubt.call.Operator;
import dev.nodoubt.call.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An operator with a name of its own at the desk of a store under test. */
final class DeskBench {

    final CallBench calls;
    final DeskStore desk;
    final Operator operator = new Operator("kim-" + UUID.randomUUID(), "the partner asked for it");

    DeskBench(DeskParts parts) {
        this.calls = new CallBench(parts.calls());
        this.desk = parts.desk();
    }

    /** A call whose next step is due in an hour. */
    Call later(long holder, CallState state) throws SQLException {
        Call call = calls.call(state.word());
        calls.record(holder, call);
        defer(holder, call, state);
        return call;
    }

    /** Its next step is due in an hour. */
    void defer(long holder, Call call, CallState state) {
        Progress progress = CallBench.progress(state);
        Instant hour = Instant.now().plusSeconds(3600);
        calls.defer(
                holder,
                call,
                new Progress(state, 1, hour, progress.deadline(), null, progress.last(), progress.doubt()));
    }

    /** The pause of its target began an hour earlier. */
    void pausedAnHourAgo() throws SQLException {
        try (Connection transaction = calls.begin();
                PreparedStatement earlier = transaction.prepareStatement(
                        "UPDATE nodoubt_pause SET paused_at = paused_at - INTERVAL '1' HOUR WHERE target = ?")) {
            earlier.setString(1, calls.target);
            earlier.executeUpdate();
            transaction.commit();
        }
    }

    Deed cancel(Call call) {
        return desk.cancel(call.key(), CallBench.LEASE, operator);
    }

    AuditQuery mine() {
        return AuditQuery.NEWEST.by(operator.actor());
    }

    List<AuditEntry> entries() {
        return desk.audit(mine());
    }

    List<Action> actions() {
        return entries().stream().map(AuditEntry::action).toList();
    }

    void assertAudited(Action action, Call call) {
        assertThat(entries()).hasSize(1).allSatisfy(entry -> {
            assertThat(entry.action()).isEqualTo(action);
            assertThat(entry.key()).isEqualTo(call.key());
            assertThat(entry.target()).isEqualTo(calls.target);
            assertThat(entry.by()).isEqualTo(operator);
        });
        assertThat(desk.detail(call.key()).orElseThrow().audit()).isEqualTo(entries());
    }
}
