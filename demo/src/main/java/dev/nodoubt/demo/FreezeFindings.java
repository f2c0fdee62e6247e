package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.LaneRun;
import dev.nodoubt.demo.lane.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What happened while the mail service was frozen.
 *
 * @param settings of the run
 * @param transfers accepted by the transfer service
 * @param healthy calls to another target of a relay that also calls the frozen one
 * @param breaker of the transfer service
 * @param attempts seconds after the freeze at which the attempts of one call came to the proxy
 * @param end what became of all calls
 */
record FreezeFindings(
        Freeze.Settings settings,
        Phases transfers,
        Phases healthy,
        BreakerWatch.Seen breaker,
        List<Double> attempts,
        End end) {

    /** How fast something was, before the freeze and in it. */
    record Phases(LaneRun before, LaneRun during) {}

    /**
     * What became of all calls.
     *
     * @param transfers notifications of the transfers
     * @param others notifications of the other relay
     * @param calls to the healthy target
     * @param effects at the healthy target, repetitions included
     * @param differentEffects calls of which the healthy target has the effect
     * @param settledAfter seconds from the thaw until nothing was open any more
     */
    record End(Count transfers, Count others, int calls, int effects, int differentEffects, double settledAfter) {

        boolean flawless() {
            return isWhole(transfers) && isWhole(others) && effects == calls && differentEffects == calls;
        }

        private static boolean isWhole(Count count) {
            return count.flawless() && count.rolledBack() == 0;
        }
    }

    /** What was promised and did not hold, a line each. No wall time is among it. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        require(broken, !transfers.during().latencies().isEmpty(), "no transfer was accepted in the freeze");
        require(broken, !healthy.during().latencies().isEmpty(), "no call to the healthy target arrived in the freeze");
        require(broken, breaker.opened() > 0, "the breaker did not open");
        require(
                broken,
                breaker.crossed().equals(Crossings.Crossed.NOTHING),
                "the breaker was open, and the network saw " + breaker.crossed());
        require(broken, attempts.size() >= settings.attempts(), "only " + attempts.size() + " attempts of one call");
        require(broken, isGrowing(), "the gaps between the attempts of one call do not grow");
        require(broken, end.flawless(), "something was lost, doubled or left in doubt");
        return broken;
    }

    private static void require(List<String> broken, boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }

    /** Up to the attempt after which the backoff's cap keeps the gaps as long as they are. */
    private boolean isGrowing() {
        for (int i = 2; i < Math.min(attempts.size(), settings.attempts()); i++) {
            if (gap(i) <= gap(i - 1)) {
                return false;
            }
        }
        return true;
    }

    private double gap(int attempt) {
        return attempts.get(attempt) - attempts.get(attempt - 1);
    }

    String table() {
        StringBuilder table = new StringBuilder();
        Pace pace = settings.pace();
        line(
                table,
                "The mail service was frozen (SIGSTOP) for %.1f s; transfers went on.",
                transfers.during().seconds());
        line(
                table,
                "Response timeout %d ms, backoff %d to %d ms, breaker over %d attempts, open for %d ms.%n",
                pace.response().toMillis(),
                pace.backoffFirst().toMillis(),
                pace.backoffCap().toMillis(),
                pace.breakerWindow(),
                pace.breakerOpen().toMillis());
        line(table, "%-46s %8s %8s %9s %9s", "", "count", "a second", "p50 ms", "p99 ms");
        phases(table, "transfers accepted", transfers);
        phases(table, "calls to a healthy target, commit to effect", healthy);
        line(
                table,
                "%nThe transfer service's breaker was open %d times, %.1f s in all; the proxy saw %d connections, %d bytes.",
                breaker.opened(),
                breaker.seconds(),
                breaker.crossed().connections(),
                breaker.crossed().bytes());
        attempts(table);
        end(table);
        return table.toString();
    }

    private static void phases(StringBuilder table, String name, Phases phases) {
        phase(table, name + ", before", phases.before());
        phase(table, name + ", frozen", phases.during());
    }

    private static void phase(StringBuilder table, String name, LaneRun run) {
        line(
                table,
                "%-52s %4d %8.1f %9.1f %9.1f",
                name,
                run.latencies().size(),
                run.perSecond(),
                run.percentileMillis(50),
                run.percentileMillis(99));
    }

    private void attempts(StringBuilder table) {
        double silence = settings.pace().response().toMillis() / 1e3;
        line(table, "%nOne call's attempts at the proxy, each silent until the response timeout:");
        line(table, "%7s %16s %8s %22s", "attempt", "after the freeze", "gap", "gap less the timeout");
        for (int i = 0; i < attempts.size(); i++) {
            if (i == 0) {
                line(table, "%7d %14.2f s", 1, attempts.get(0));
            } else {
                line(table, "%7d %14.2f s %6.2f s %20.2f s", i + 1, attempts.get(i), gap(i), gap(i) - silence);
            }
        }
    }

    private void end(StringBuilder table) {
        line(table, "%nAfter the thaw everything was settled in %.1f s.", end.settledAfter());
        line(table, "%-34s %6s %6s %6s %8s %9s", "", "calls", "mails", "lost", "doubled", "in doubt");
        count(table, "notifications of the transfers", end.transfers());
        count(table, "notifications of the other relay", end.others());
        int lost = end.calls() - end.differentEffects();
        int doubled = end.effects() - end.differentEffects();
        line(
                table,
                "%-34s %6d %6s %6d %8d %9s",
                "calls to the healthy target",
                end.calls(),
                "-",
                lost,
                doubled,
                "as above");
    }

    private static void count(StringBuilder table, String name, Count count) {
        Count.Mails mails = count.mails();
        int committed = count.transfers() - count.rolledBack();
        line(
                table,
                "%-34s %6d %6d %6d %8d %9d",
                name,
                committed,
                mails.received(),
                mails.lost(),
                mails.doubled(),
                count.inDoubt());
    }

    private static void line(StringBuilder table, String format, Object... values) {
        table.append(String.format(Locale.ROOT, format, values).stripTrailing()).append(System.lineSeparator());
    }
}
