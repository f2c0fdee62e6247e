package dev.nodoubt.demo.nodes;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a trial showed.
 *
 * @param phases one event each, in order
 * @param ends what became of all calls
 * @param violations promises that an event broke
 */
record TrialFindings(Trial.Settings settings, List<Phase> phases, Ends ends, List<String> violations) {

    /**
     * One event.
     *
     * @param seconds until every node was at work again
     * @param settled calls in that time
     */
    record Phase(String name, double seconds, int settled, String showed) {}

    /**
     * What became of all calls.
     *
     * @param purchases that were committed
     * @param open calls without an outcome
     * @param notExecuted calls with another outcome than executed
     * @param effects at the called system
     * @param handlers what outcome handlers wrote
     * @param settlers how many purchases of one node which one settled
     */
    record Ends(
            int purchases,
            int open,
            int notExecuted,
            Tally effects,
            Tally handlers,
            Map<List<String>, Integer> settlers) {

        static Ends of(Books books) throws SQLException {
            Set<String> purchases = books.purchases();
            Set<String> bodies = purchases.stream().map(Receiver::body).collect(Collectors.toSet());
            return new Ends(
                    purchases.size(),
                    books.open(),
                    books.notExecuted(),
                    Tally.of(bodies, books.effectBodies()),
                    Tally.of(purchases, books.handled()),
                    books.settlers());
        }
    }

    /**
     * Effects against the purchases that should have one each.
     *
     * @param all how many there are
     * @param lost purchases without one
     * @param doubled effects beyond a purchase's first
     * @param foreign effects of no committed purchase
     */
    record Tally(int all, int lost, int doubled, int foreign) {

        static Tally of(Set<String> wanted, List<String> found) {
            Set<String> different = new HashSet<>(found);
            int lost = (int)
                    wanted.stream().filter(one -> !different.contains(one)).count();
            int foreign = (int)
                    different.stream().filter(one -> !wanted.contains(one)).count();
            return new Tally(found.size(), lost, found.size() - different.size(), foreign);
        }

        boolean isWhole() {
            return lost == 0 && doubled == 0 && foreign == 0;
        }
    }

    /** What was promised and did not hold, a line each. No wall time is among it. */
    List<String> broken() {
        List<String> broken = new ArrayList<>(violations);
        if (ends.purchases == 0 || ends.open > 0 || ends.notExecuted > 0) {
            broken.add("of " + ends.purchases + " calls " + ends.open + " are open, " + ends.notExecuted
                    + " have another outcome than executed");
        }
        if (!ends.effects.isWhole()) {
            broken.add("effects: " + ends.effects);
        }
        if (!ends.handlers.isWhole()) {
            broken.add("outcome handlers: " + ends.handlers);
        }
        return broken;
    }

    String table() {
        StringBuilder table = new StringBuilder();
        line(
                table,
                "Three relays on one PostgreSQL, lease %d ms.%n",
                settings.lease().toMillis());
        line(table, "%-56s %8s %8s", "", "seconds", "settled");
        for (Phase phase : phases) {
            line(table, "%-56s %8.1f %8d", phase.name, phase.seconds, phase.settled);
            line(table, "    %s", phase.showed);
        }
        line(table, "%n%-28s %8s %6s %8s %8s", "", "all", "lost", "doubled", "foreign");
        line(table, "%-28s %8d", "purchases committed", ends.purchases);
        tally(table, "effects at the called system", ends.effects);
        tally(table, "effects of outcome handlers", ends.handlers);
        line(table, "%-28s %8d", "calls without an outcome", ends.open);
        line(table, "%-28s %8d", "calls not executed", ends.notExecuted);
        line(table, "%n%-12s %-12s %8s", "made by", "settled by", "calls");
        ends.settlers.forEach((who, calls) -> line(table, "%-12s %-12s %8d", who.get(0), who.get(1), calls));
        return table.toString();
    }

    private static void tally(StringBuilder table, String name, Tally tally) {
        line(table, "%-28s %8d %6d %8d %8d", name, tally.all, tally.lost, tally.doubled, tally.foreign);
    }

    private static void line(StringBuilder table, String format, Object... values) {
        table.append(String.format(Locale.ROOT, format, values).stripTrailing()).append(System.lineSeparator());
    }
}
