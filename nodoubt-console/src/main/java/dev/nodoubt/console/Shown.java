package dev.nodoubt.console;

import dev.nodoubt.Reply;
import dev.nodoubt.call.Attention;
import dev.nodoubt.call.AuditEntry;
import dev.nodoubt.call.CallDetail;
import dev.nodoubt.call.CallPage;
import dev.nodoubt.call.Desk.TargetView;
import dev.nodoubt.call.NodeStatus;
import dev.nodoubt.call.Overview;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.gate.GateCounts;
import dev.nodoubt.gate.GateKeyStatus;
import dev.nodoubt.gate.Horizon;
import dev.nodoubt.gate.Usage;
import dev.nodoubt.jdbc.JdbcGateDesk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each page shows. */
final class Shown {

    private Shown() {}

    /** @param live whether numbers are sent as they change */
    record OverviewPage(Overview overview, List<TargetView> targets, List<Findings.Finding> findings, boolean live) {}

    /**
     * @param line what was typed
     * @param page what it found
     * @param newest whether it is the first page
     * @param oldest whether it is the last one
     */
    record CallsPage(FilterLine line, CallPage page, boolean newest, boolean oldest) {}

    /**
     * @param action {@code attempt} or {@code give-up}
     * @param line what was typed
     * @param calls on which it would be done
     * @param more whether the line finds more than these
     */
    record BulkPage(String action, FilterLine line, List<RecordedCall> calls, boolean more) {}

    /**
     * @param waterfall the attempts that are kept
     * @param mayAsk whether its target can be asked
     * @param received what this application's own gate knows of the key, one a scope; most often nothing
     * @param revealed request and reply; null while they are masked
     */
    record OneCallPage(
            CallDetail detail,
            Waterfall waterfall,
            boolean mayAsk,
            List<GateKeyStatus> received,
            CallDetail.@Nullable Revealed revealed) {

        RecordedCall call() {
            return detail.call();
        }
    }

    /** @param doubtFor how long a doubt lasts that is shown */
    record AttentionPage(Attention attention, Duration doubtFor) {}

    record TargetsPage(List<TargetView> targets) {}

    /**
     * @param counts what this process' gate decided since it began
     * @param query what was asked for
     * @param found keys that match
     * @param usage how much each caller has, by scope
     * @param revealed the reply under the key that was asked for; null while it is masked
     * @param live whether numbers are sent as they change
     */
    record ReceiverPage(
            Horizon horizon,
            GateCounts counts,
            ReceiverQuery query,
            JdbcGateDesk.Page found,
            Map<String, Usage> usage,
            @Nullable Reply revealed,
            boolean live) {}

    /** As typed; empty for any. */
    record ReceiverQuery(String scope, String key, String state) {}

    /** As typed; empty for any. */
    record AuditPage(List<AuditEntry> entries, String actor, String action, boolean more) {}

    record NodesPage(List<NodeStatus> nodes) {}

    /** @param kind a text's key after {@code problem.} */
    record ProblemPage(String kind) {}
}
