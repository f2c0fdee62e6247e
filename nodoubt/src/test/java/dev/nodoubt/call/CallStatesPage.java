package dev.nodoubt.call;

import dev.nodoubt.call.MachineCase.Wish;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/call-states.md}, drawn by running the machine. */
final class CallStatesPage {

    private static final String HEAD = """
            # The states of a call

            <!-- Drawn by CallStatesPageTest, which runs the machine. Do not edit: change CallMachine, then run
                 mvn -o test -pl nodoubt -Dtest=CallStatesPageTest -Dnodoubt.docs.write=true -->

            A call is born *waiting*. It is *in doubt* from the moment an attempt may have left until its outcome is known, and
            *unresolved* when nobody can know by asking. It is settled once, by an outcome: *executed*, *rejected* or *never*.

            """;

    private static final String LEGEND = """
            *Backoff*: after the target's next wait. *As asked*: when the receiver said, within 100 ms and the backoff's cap.
            *Pace*: after five minutes. *Target paused*: until a probe is answered. *Target shut*: until a person resumes it.
            *Gives up*: the next step is a fence. Query and fence of a waiting call do not occur.
            """;

    private record Edge(CallState from, CallState to, Step step) {}

    private final Map<Edge, Set<String>> edges = new LinkedHashMap<>();

    static String text() {
        CallStatesPage page = new CallStatesPage();
        page.walk();
        return HEAD + page.diagram() + "\n" + steps() + "\n" + results(Step.EXECUTE) + "\n" + results(Step.FENCE) + "\n"
                + results(Step.QUERY) + "\n" + LEGEND;
    }

    /** Every state that can be reached from birth, and every way between two of them. */
    private void walk() {
        Set<CallState> seen = EnumSet.of(CallState.WAITING);
        Deque<CallState> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            CallState from = open.remove();
            for (Wish wish : Wish.values()) {
                Step step = CallMachine.next(wish.of(from, 1), MachineCase.GATE, MachineCase.NOW);
                reached(from, wish, step).forEach((name, to) -> {
                    edges.computeIfAbsent(new Edge(from, to, step), edge -> new LinkedHashSet<>())
                            .add(name);
                    if (!to.isFinal() && seen.add(to)) {
                        open.add(to);
                    }
                });
            }
        }
    }

    private static Map<String, CallState> reached(CallState from, Wish wish, Step step) {
        if (step == Step.SETTLE_NEVER) {
            return Map.of("deadline, cancel", CallState.NEVER);
        }
        Map<String, CallState> reached = new LinkedHashMap<>();
        for (ResultClass kind : ResultClass.ALL) {
            Decision decision =
                    new MachineCase(from, wish, 1, step, kind.results().get(0)).decision();
            CallState to = decision instanceof Decision.Settle settle
                    ? CallState.ofWord(ResultClass.name(settle.outcome()))
                    : ((Decision.Keep) decision).progress().state();
            reached.put(kind.name().replaceAll("^not-executed.*", "not-executed"), to);
        }
        return reached;
    }

    private String diagram() {
        String ways = edges.entrySet().stream()
                .map(edge -> "    " + name(edge.getKey().from) + " --> " + name(edge.getKey().to) + " : "
                        + label(edge.getKey().step, edge.getValue()) + "\n")
                .collect(Collectors.joining());
        String ends = Stream.of(CallState.values())
                .filter(CallState::isFinal)
                .map(state -> "    " + name(state) + " --> [*]\n")
                .collect(Collectors.joining());
        return "```mermaid\nstateDiagram-v2\n    [*] --> " + name(CallState.WAITING) + " : recorded and committed\n"
                + ways + ends + "```\n";
    }

    private static String label(Step step, Set<String> results) {
        String names = String.join(", ", results);
        return step == Step.SETTLE_NEVER ? names : MachineCase.word(step) + " → " + names;
    }

    private static String name(CallState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String steps() {
        StringBuilder table = new StringBuilder("## The next step of a due call\n\n").append(header("gives up by"));
        for (Wish wish : Wish.values()) {
            String why = wish == Wish.NONE ? "–" : wish.name().toLowerCase(Locale.ROOT);
            table.append(row(
                    why,
                    MachineCase.STATES.stream()
                            .map(state -> MachineCase.word(
                                    CallMachine.next(wish.of(state, 1), MachineCase.GATE, MachineCase.NOW)))
                            .toList()));
        }
        return table.toString();
    }

    private static String results(Step step) {
        Wish wish = step == Step.FENCE ? Wish.CANCELLED : Wish.NONE;
        StringBuilder table = new StringBuilder("## What follows from the result of ")
                .append(step == Step.EXECUTE ? "an " : "a ")
                .append(MachineCase.word(step))
                .append("\n\n")
                .append(header("result"));
        for (ResultClass kind : ResultClass.ALL) {
            table.append(row(
                    kind.name(),
                    MachineCase.STATES.stream()
                            .map(state -> new MachineCase(
                                    state, wish, 1, step, kind.results().get(0)))
                            .map(c -> taken(c) ? c.inWords() : "")
                            .toList()));
        }
        return table.toString();
    }

    /** Whether the machine takes this step in this state. */
    private static boolean taken(MachineCase c) {
        return Stream.of(Wish.values())
                .anyMatch(
                        wish -> CallMachine.next(wish.of(c.state(), 1), MachineCase.GATE, MachineCase.NOW) == c.step());
    }

    private static String header(String first) {
        return row(first, MachineCase.STATES.stream().map(CallState::word).toList()) + "|---|---|---|---|\n";
    }

    private static String row(String first, List<String> cells) {
        return "| " + first + " | " + String.join(" | ", cells) + " |\n";
    }
}
