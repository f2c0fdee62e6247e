package dev.nodoubt.demo.lane;

import java.util.List;

/**
 * What is reported of a lane.
 *
 * @param lane its name
 * @param count what became of its transfers
 * @param run how fast it was
 * @param promise what has to hold of the count
 * @param unresolved the calls that a person has to look at, each by its X-Transfer-Id
 */
public record LaneResult(String lane, Count count, LaneRun run, Lane.Promise promise, List<String> unresolved) {

    public LaneResult {
        unresolved = List.copyOf(unresolved);
    }

    /** Whether its promise was kept. */
    public boolean kept() {
        return switch (promise) {
            case NOTHING -> true;
            case ONCE -> count.flawless() && count.rolledBack() == 0;
            case NEVER_TWICE ->
                count.mails().doubled() == 0
                        && count.mails().rolledBackButSent() == 0
                        && count.mails().lost() <= count.inDoubt()
                        && unresolved.size() == count.inDoubt();
        };
    }
}
