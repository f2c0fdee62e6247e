package dev.nodoubt.demo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    @Test
    void theSharesOfAllFaultsAddUpToAHundred() {
        assertThat(Stream.of(Fault.values()).mapToInt(Fault::percent).sum()).isEqualTo(100);
    }

    @Test
    void theSameSeedTransferAndAttemptMeetTheSameFault() {
        assertThat(faults(7)).isEqualTo(faults(7));
    }

    @Test
    void theFaultsOfAKnownSeedStayWhatTheyWere() {
        FaultPlan plan = new FaultPlan(20261123);

        List<String> firsts = IntStream.rangeClosed(1, 40)
                .filter(n -> plan.fault(n, 1) != Fault.NONE)
                .mapToObj(n -> n + " " + plan.fault(n, 1))
                .toList();

        assertThat(firsts)
                .containsExactly(
                        "7 DROP_ANSWER",
                        "14 LATE",
                        "17 DUPLICATE",
                        "21 LOSE_REQUEST",
                        "22 DROP_ANSWER",
                        "39 LOSE_REQUEST",
                        "40 LATE");
    }

    @Test
    void anotherSeedGivesAnotherNetwork() {
        assertThat(faults(7)).isNotEqualTo(faults(8));
    }

    @Test
    void theAttemptsOfOneTransferMeetDifferentFaults() {
        FaultPlan plan = new FaultPlan(7);

        long kinds = IntStream.rangeClosed(1, 500)
                .mapToObj(attempt -> plan.fault(1, attempt))
                .distinct()
                .count();

        assertThat(kinds).isEqualTo(Fault.values().length);
    }

    @Test
    void eachFaultIsAsFrequentAsItSays() {
        int attempts = 200_000;
        FaultPlan plan = new FaultPlan(20261123);
        Map<Fault, Integer> met = new EnumMap<>(Fault.class);

        for (int i = 0; i < attempts; i++) {
            met.merge(plan.fault(i / 4, i % 4 + 1), 1, Integer::sum);
        }

        for (Fault fault : Fault.values()) {
            double percent = met.getOrDefault(fault, 0) * 100.0 / attempts;
            assertThat(percent).as(fault.name()).isCloseTo(fault.percent(), within(0.3));
        }
    }

    @Test
    void aDelayIsLongerThanTheCallersPatienceAndBounded() {
        FaultPlan plan = new FaultPlan(7);
        Duration patience = Duration.ofMillis(500);

        List<Duration> delays = IntStream.range(0, 1_000)
                .mapToObj(n -> plan.delay(n, 1, patience))
                .toList();

        assertThat(delays)
                .allSatisfy(delay -> assertThat(delay)
                        .isGreaterThan(patience)
                        .isLessThanOrEqualTo(patience.multipliedBy(5).plusMillis(50)));
        assertThat(delays).anySatisfy(delay -> assertThat(delay).isGreaterThan(patience.multipliedBy(4)));
    }

    private static List<Fault> faults(long seed) {
        FaultPlan plan = new FaultPlan(seed);
        return IntStream.range(0, 100).mapToObj(n -> plan.fault(n, 1)).toList();
    }
}
