package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Seeded histories of a world in which everything goes wrong, for each thing that a called system can offer. One of them
 * again, with its trace: {@code mvn -o test -pl nodoubt -Dtest=SimulationTest -Dnodoubt.simulation.seed=42
 * -Dnodoubt.simulation.target=NET_CANCEL}. A million of them, with what became of their calls: {@code mvn -o test -pl
 * nodoubt -Dtest=SimulationTest -Dnodoubt.simulation.histories=1000000}.
 */
class SimulationTest {

    private static final @Nullable Long ASKED = Long.getLong("nodoubt.simulation.histories");
    private static final long HISTORIES = ASKED == null ? 80_000 : ASKED;
    private static final long HISTORIES_OF_A_WRONG_ONE = 50_000;

    /** Four tenths of the histories are at gates, a tenth at each of the others. */
    @ParameterizedTest
    @EnumSource
    void every_history_ends_in_true_outcomes(SimulatedTarget target) {
        Protocol real = new Protocol(target);
        long histories = HISTORIES * (target == SimulatedTarget.GATE ? 4 : 1) / 10;
        Map<String, LongAdder> ends = new ConcurrentSkipListMap<>();
        long begun = System.nanoTime();

        OptionalLong wrong = firstWrong(histories, real, ends);

        if (ASKED != null) {
            System.out.println(target + ": " + histories + " histories in "
                    + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s, calls " + ends
                    + (wrong.isPresent() ? ", WRONG" : ", none wrong"));
        }
        assertThat(wrong).as(() -> History.trace(wrong.orElseThrow(), real)).isEmpty();
        assertThat(ends.keySet()).containsExactlyInAnyOrderElementsOf(target.ends());
    }

    @Test
    void a_history_is_decided_by_its_seed() {
        Protocol real = new Protocol(SimulatedTarget.GATE);

        assertThat(History.trace(7, real)).isEqualTo(History.trace(7, real)).contains("-- healed");
        assertThat(History.trace(7, real)).isNotEqualTo(History.trace(8, real));
    }

    @Test
    void the_seed_given_by_a_person_is_shown() {
        Long seed = Long.getLong("nodoubt.simulation.seed");
        assumeTrue(seed != null, "no -Dnodoubt.simulation.seed");
        Protocol real = new Protocol(SimulatedTarget.valueOf(System.getProperty("nodoubt.simulation.target", "GATE")));

        System.out.println(History.trace(seed, real));

        assertThat(History.run(seed, real).wrong()).isNull();
    }

    @ParameterizedTest
    @MethodSource
    void a_protocol_with_one_rule_broken_is_caught(Protocol broken) {
        assertThat(firstWrong(HISTORIES_OF_A_WRONG_ONE, broken, new ConcurrentSkipListMap<>()))
                .as("a wrong history under %s", broken)
                .isPresent();
    }

    static Stream<Protocol> a_protocol_with_one_rule_broken_is_caught() {
        return Stream.concat(BrokenAtGates.all(), BrokenElsewhere.all());
    }

    private static OptionalLong firstWrong(long histories, Protocol protocol, Map<String, LongAdder> ends) {
        return LongStream.range(0, histories)
                .parallel()
                .filter(seed -> {
                    History.Ending ending = History.run(seed, protocol);
                    ending.ends()
                            .forEach(end -> ends.computeIfAbsent(end, e -> new LongAdder())
                                    .increment());
                    return ending.wrong() != null;
                })
                .findAny();
    }
}
