package dev.nodoubt.bench.delivery.report;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One run: rounds in which every contender had a turn. Only what was measured within a run is compared.
 *
 * @param label tells it from others in one report; may be empty
 * @param date when it ended, UTC
 * @param conditions by subject, such as {@code machine}, and name, in the order in which they are told
 */
public record Run(
        String label,
        String date,
        Map<String, Map<String, String>> conditions,
        List<Participant> participants,
        List<Measured> measured) {

    public Run {
        Map<String, Map<String, String>> ordered = new LinkedHashMap<>();
        conditions.forEach(
                (subject, named) -> ordered.put(subject, Collections.unmodifiableMap(new LinkedHashMap<>(named))));
        conditions = Collections.unmodifiableMap(ordered);
        participants = List.copyOf(participants);
        measured = List.copyOf(measured);
        List<String> titles = participants.stream().map(Participant::title).toList();
        for (Measured one : measured) {
            if (!titles.contains(one.contender())) {
                throw new IllegalArgumentException(
                        "run: whoever is measured must be a participant, was '" + one.contender() + "'");
            }
        }
    }

    Run labelled(String other) {
        return new Run(other, date, conditions, participants, measured);
    }

    List<Integer> rounds() {
        return measured.stream().map(Measured::round).distinct().sorted().toList();
    }

    OptionalDouble value(String contender, int round, String name) {
        return measured.stream()
                .filter(m -> m.round() == round && m.contender().equals(contender))
                .map(m -> m.value(name))
                .findFirst()
                .orElse(OptionalDouble.empty());
    }

    /** Over the rounds; empty when it was not measured. */
    Optional<Spread> spread(String contender, String name) {
        return Spread.of(measured.stream()
                .filter(m -> m.contender().equals(contender))
                .flatMapToDouble(m -> m.value(name).stream()));
    }

    /** The title of the peer with the best median; empty when no peer was measured. */
    Optional<String> bestPeer(String name, boolean moreIsBetter) {
        Comparator<String> byMedian = Comparator.comparingDouble(
                title -> spread(title, name).orElseThrow().median());
        return participants.stream()
                .filter(p -> p.kind() == Kind.PEER)
                .map(Participant::title)
                .filter(title -> spread(title, name).isPresent())
                .max(moreIsBetter ? byMedian : byMedian.reversed());
    }

    Optional<String> nodoubt() {
        return participants.stream()
                .filter(p -> p.kind() == Kind.NODOUBT)
                .map(Participant::title)
                .findFirst();
    }
}
