package dev.nodoubt.console;

import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Desk.TargetView;
import dev.nodoubt.call.NodeStatus;
import dev.nodoubt.call.Overview;
import dev.nodoubt.call.TargetStatus;
import dev.nodoubt.call.TargetStatus.BreakerState;
import java.util.ArrayList;
import java.util.List;

/** What is not as it should be, worst first. */
final class Findings {

    /**
     * One of them.
     *
     * @param kind a text's key after {@code finding.}
     * @param subject a target or node; empty where it is about all
     * @param detail in other words than the console's; empty where there are none
     * @param path of the page that tells more
     */
    record Finding(String kind, String subject, String detail, String path) {}

    private Findings() {}

    static List<Finding> of(Overview overview, List<TargetView> targets, List<NodeStatus> nodes) {
        List<Finding> found = new ArrayList<>();
        if (overview.in(CallState.UNRESOLVED).value() > 0) {
            found.add(new Finding("unresolved", "", "", "attention"));
        }
        for (TargetView target : targets) {
            TargetStatus status = target.status();
            if (target.pause() != null) {
                found.add(new Finding("paused", target.name(), target.pause().reason(), "targets"));
            } else if (status != null && status.problem() != null) {
                found.add(new Finding("halted", target.name(), status.problem(), "targets"));
            } else if (status != null && status.breaker() == BreakerState.OPEN) {
                found.add(new Finding("breaker", target.name(), "", "targets"));
            }
        }
        nodes.stream()
                .filter(node -> !node.alive() && node.endedAt() == null)
                .forEach(node -> found.add(new Finding("node", node.name(), "", "nodes")));
        return found;
    }
}
