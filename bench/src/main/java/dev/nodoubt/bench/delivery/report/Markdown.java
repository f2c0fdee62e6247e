package dev.nodoubt.bench.delivery.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A report as text: what was on, what each contender did, and what nodoubt has to reach. */
final class Markdown {

    private static final String NOTHING = "–";

    /** A measured value and its column's head. */
    private record Quantity(String title, String name) {}

    private static final Map<String, List<Quantity>> TABLES = new LinkedHashMap<>();

    static {
        TABLES.put(
                "Calls a second",
                List.of(
                        new Quantity("done, 32 producers", "closed32.donePerSecond"),
                        new Quantity("recorded, 32", "closed32.recordedPerSecond"),
                        new Quantity("done, 8 producers", "closed8.donePerSecond"),
                        new Quantity("recorded, 8", "closed8.recordedPerSecond")));
        TABLES.put(
                "Milliseconds from commit to delivered, at 200 calls a second",
                List.of(
                        new Quantity("p50", "open.p50Millis"),
                        new Quantity("p99", "open.p99Millis"),
                        new Quantity("p99.9", "open.p999Millis")));
        TABLES.put("What a call costs, 32 producers", costs("closed32"));
        TABLES.put("What a call costs, 8 producers", costs("closed8"));
        TABLES.put(
                "Draining what waits",
                List.of(
                        new Quantity("calls", "drain.calls"),
                        new Quantity("drained a second", "drain.donePerSecond"),
                        new Quantity("second half ÷ first", "drain.secondHalfToFirst"),
                        new Quantity("WAL bytes a call", "drain.walBytes"),
                        new Quantity("dead rows a call", "drain.deadRows"),
                        new Quantity("lost", "drain.lost"),
                        new Quantity("doubled", "drain.doubled")));
        TABLES.put(
                "Left at the end",
                List.of(
                        new Quantity("heap MiB", "heapMiB"),
                        new Quantity("lost", "lost"),
                        new Quantity("doubled", "doubled")));
    }

    private static final String INTRODUCTION = """
            # What a call costs that is recorded with its transfer and delivered

            Medians over the rounds, with the least and the greatest in parentheses. Every contender makes the same
            transfer, on the same database server, and delivers to the same target. Each has one application for the whole
            run, warmed up once and frozen while others are measured; each round begins with another one. The numbers are
            this machine's, on this day: only ratios within one run may be compared with others.
            """;

    private static final String RATIOS = """
            Made within each round; the median of them, with the least and the greatest. It is judged as it is shown: aim
            and reach are met, or missed. The ideal is written by hand and has none of the features: a ceiling. The best
            peer is the one with the best median of that quantity in this run. The goals of draining are meant for 100,000
            waiting calls beside a peer, for 1,000,000 in two halves.

            Where the machine matters, a goal is judged beside the ideal too: the goals were chosen where an ideal showed
            other numbers than it does here, and the last columns ask for the same part of this run's.
            """;

    private Markdown() {}

    /** @param plots by file name */
    static String of(List<Run> runs, Map<String, BarPlot> plots) {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        runs.forEach(run -> append(text, run, runs.size() > 1));
        text.append('\n');
        plots.forEach((file, plot) ->
                text.append("![").append(plot.title()).append("](").append(file).append(")\n"));
        return text.toString();
    }

    private static void append(StringBuilder text, Run run, boolean labelled) {
        if (labelled) {
            text.append("\n## ").append(run.label()).append('\n');
        }
        text.append('\n').append(conditions(run));
        TABLES.forEach((title, quantities) -> contenders(run, quantities)
                .ifPresent(table ->
                        text.append("\n### ").append(title).append("\n\n").append(table.text())));
        ratios(run)
                .ifPresent(table -> text.append("\n### What to reach\n\n")
                        .append(RATIOS)
                        .append('\n')
                        .append(table.text()));
    }

    private static List<Quantity> costs(String loop) {
        return List.of(
                new Quantity("application CPU µs", loop + ".applicationMicros"),
                new Quantity("database CPU µs", loop + ".databaseMicros"),
                new Quantity("statements", loop + ".statements"),
                new Quantity("commits", loop + ".commits"),
                new Quantity("WAL bytes", loop + ".walBytes"),
                new Quantity("dead rows", loop + ".deadRows"));
    }

    private static String conditions(Run run) {
        StringBuilder list = new StringBuilder("- date: ").append(run.date()).append('\n');
        run.conditions()
                .forEach((subject, named) -> list.append("- ")
                        .append(subject)
                        .append(": ")
                        .append(named.entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining(", ")))
                        .append('\n'));
        return list.append("- contenders: ")
                .append(run.participants().stream()
                        .map(p -> p.version().isEmpty() ? p.title() : p.title() + " " + p.version())
                        .collect(Collectors.joining(", ")))
                .append('\n')
                .toString();
    }

    /** Only who and what was measured; empty when that is nothing. */
    private static Optional<Columns> contenders(Run run, List<Quantity> wanted) {
        List<Quantity> quantities = wanted.stream()
                .filter(quantity -> run.participants().stream()
                        .anyMatch(p -> run.spread(p.title(), quantity.name()).isPresent()))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(head("contender", quantities.stream().map(Quantity::title).toList()));
        for (Participant participant : run.participants()) {
            List<Optional<Spread>> spreads = quantities.stream()
                    .map(quantity -> run.spread(participant.title(), quantity.name()))
                    .toList();
            if (spreads.stream().anyMatch(Optional::isPresent)) {
                String title =
                        participant.kind() == Kind.NODOUBT ? "**" + participant.title() + "**" : participant.title();
                rows.add(head(title, spreads.stream().map(Markdown::cell).toList()));
            }
        }
        return rows.size() == 1 ? Optional.empty() : Optional.of(new Columns(rows));
    }

    /** Only those whose contenders took part. */
    private static Optional<Columns> ratios(Run run) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ratio", "nodoubt", "is", "reach", "aim", "ideal", "beside the ideal", "is", "reach", "aim"));
        for (Ratio ratio : Ratios.ALL) {
            Optional<Spread> nodoubt = run.nodoubt().flatMap(title -> ratio.of(run, title));
            Optional<Spread> ideal = ratio.of(run, Ratio.IDEAL);
            if (nodoubt.isPresent() || ideal.isPresent()) {
                List<String> row = head(ratio.text(run), judged(Optional.of(ratio.goal()), nodoubt));
                row.add(cell(ideal));
                row.addAll(judged(
                        ratio.goal().besideIdeal(), run.nodoubt().flatMap(title -> ratio.besideIdeal(run, title))));
                rows.add(row);
            }
        }
        return rows.size() == 1 ? Optional.empty() : Optional.of(new Columns(rows));
    }

    /** The value, the word, reach and aim; nothing of all where there is no goal. */
    private static List<String> judged(Optional<Goal> goal, Optional<Spread> value) {
        return goal.map(wanted -> List.of(
                        cell(value),
                        value.map(spread -> wanted.judge(spread.median())).orElse(NOTHING),
                        wanted.text(wanted.reach()),
                        wanted.text(wanted.aim())))
                .orElse(List.of(NOTHING, NOTHING, NOTHING, NOTHING));
    }

    private static String cell(Optional<Spread> spread) {
        return spread.map(Spread::text).orElse(NOTHING);
    }

    private static List<String> head(String first, List<String> others) {
        List<String> row = new ArrayList<>();
        row.add(first);
        row.addAll(others);
        return row;
    }
}
