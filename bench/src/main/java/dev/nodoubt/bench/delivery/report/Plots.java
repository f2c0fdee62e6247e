package dev.nodoubt.bench.delivery.report;

import dev.nodoubt.bench.delivery.report.BarPlot.Bar;
import dev.nodoubt.bench.delivery.report.BarPlot.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is drawn of runs. */
final class Plots {

    /** Bars of one head: the values of each of them are stacked. */
    private record Stack(String title, List<String> names) {}

    private static final List<Stack> THROUGHPUT = List.of(
            new Stack("32 producers", List.of("closed32.donePerSecond")),
            new Stack("8 producers", List.of("closed8.donePerSecond")));
    private static final List<Stack> LATENCY =
            List.of(new Stack("p50", List.of("open.p50Millis")), new Stack("p99", List.of("open.p99Millis")));
    private static final List<Stack> CPU = List.of(
            new Stack("32 producers", List.of("closed32.applicationMicros", "closed32.databaseMicros")),
            new Stack("8 producers", List.of("closed8.applicationMicros", "closed8.databaseMicros")));
    private static final List<Stack> WAL = List.of(
            new Stack("32 producers", List.of("closed32.walBytes")),
            new Stack("8 producers", List.of("closed8.walBytes")));

    private Plots() {}

    /** By file name; none that would be empty. */
    static Map<String, BarPlot> of(List<Run> runs) {
        List<BarPlot> drawn = List.of(
                new BarPlot(
                        "throughput",
                        "Calls recorded and delivered",
                        "calls a second, end to end",
                        false,
                        List.of(),
                        groups(runs, THROUGHPUT)),
                new BarPlot(
                        "latency",
                        "From commit to delivered at 200 calls a second",
                        "milliseconds, logarithmic",
                        true,
                        List.of(),
                        groups(runs, LATENCY)),
                new BarPlot(
                        "cpu",
                        "Processor time of a call",
                        "microseconds a call",
                        false,
                        List.of("application", "database"),
                        groups(runs, CPU)),
                new BarPlot(
                        "wal",
                        "Write-ahead log of a call, the transfer's rows included",
                        "bytes a call",
                        false,
                        List.of(),
                        groups(runs, WAL)));
        Map<String, BarPlot> plots = new LinkedHashMap<>();
        drawn.stream().filter(plot -> !plot.groups().isEmpty()).forEach(plot -> plots.put(plot.name() + ".svg", plot));
        return plots;
    }

    private static List<Group> groups(List<Run> runs, List<Stack> stacks) {
        List<Group> groups = new ArrayList<>();
        for (Stack stack : stacks) {
            for (Run run : runs) {
                List<Bar> bars = run.participants().stream()
                        .flatMap(participant -> bar(run, participant, stack).stream())
                        .toList();
                if (!bars.isEmpty()) {
                    groups.add(new Group(runs.size() > 1 ? stack.title() + ", " + run.label() : stack.title(), bars));
                }
            }
        }
        return groups;
    }

    /** Empty when one of its values was not measured. */
    private static Optional<Bar> bar(Run run, Participant participant, Stack stack) {
        List<Spread> spreads = stack.names().stream()
                .flatMap(name -> run.spread(participant.title(), name).stream())
                .toList();
        if (spreads.size() < stack.names().size()) {
            return Optional.empty();
        }
        return Optional.of(new Bar(
                participant.title(),
                participant.kind(),
                spreads.stream().map(Spread::median).toList(),
                spreads.size() == 1 ? Optional.of(spreads.get(0)) : Optional.empty()));
    }
}
