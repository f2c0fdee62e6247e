package dev.nodoubt.bench.delivery;

import dev.nodoubt.bench.delivery.report.Measured;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What was measured, as it comes: of a contender's round one part after another. */
final class Rounds {

    private final Consumer<String> progress;
    private final List<Map<Entrant, Map<String, Double>>> rounds = new ArrayList<>();

    Rounds(Consumer<String> progress) {
        this.progress = progress;
    }

    /**
     * One more part. A name that another part of this round had too is counted on.
     *
     * @param round from 0
     */
    void add(Entrant entrant, int round, Map<String, Double> values) {
        progress.accept("round " + (round + 1) + ", " + entrant.title() + ": " + values);
        while (rounds.size() <= round) {
            rounds.add(new EnumMap<>(Entrant.class));
        }
        Map<String, Double> known = rounds.get(round).computeIfAbsent(entrant, first -> new TreeMap<>());
        values.forEach((name, value) -> known.merge(name, value, Double::sum));
    }

    /** Round by round. */
    List<Measured> measured() {
        List<Measured> measured = new ArrayList<>();
        for (int round = 0; round < rounds.size(); round++) {
            for (Map.Entry<Entrant, Map<String, Double>> one : rounds.get(round).entrySet()) {
                measured.add(new Measured(one.getKey().title(), round, one.getValue()));
            }
        }
        return measured;
    }
}
