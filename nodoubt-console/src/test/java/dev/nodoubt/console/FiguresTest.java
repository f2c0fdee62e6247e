package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Count;
import dev.nodoubt.call.Overview;
import dev.nodoubt.gate.Admission.Reason;
import dev.nodoubt.gate.GateCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the plots are drawn from. */
class FiguresTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicReference<Instant> time = new AtomicReference<>(NOON);
    private final AtomicReference<GateCounts> counts =
            new AtomicReference<>(new GateCounts(100, 5, 7, 1, Map.of(Reason.KEY_REUSED, 2L)));
    private final GateFigures gate = new GateFigures(counts::get, () -> new Receiver.Kept(50, 3), time::get);

    @Test
    void decisionsAreCountedFromOneReadingToTheNext() {
        assertThat(gate.json()).contains("\"gate-executed\":null", "\"count-executed\":100", "\"keys\":50");

        time.set(NOON.plusMillis(2_500));
        counts.set(
                new GateCounts(110, 5, 8, 1, Map.of(Reason.KEY_REUSED, 4L, Reason.QUOTA, 5L, Reason.IN_PROGRESS, 5L)));

        assertThat(gate.json())
                .contains(
                        "\"gate-executed\":4.000",
                        "\"gate-replayed\":0.400",
                        "\"gate-rejected\":0.000",
                        "\"gate-rolled-back\":0.000",
                        "\"gate-mismatched\":0.800",
                        "\"gate-withheld\":4.000")
                .contains("\"count-replayed\":8", "\"count-mismatched\":4", "\"count-withheld\":10")
                .contains("\"keys\":50", "\"tombstones\":3");
    }

    @Test
    void ratesBeginAnewAfterAPause() {
        gate.json();
        gate.pause();
        time.set(NOON.plusSeconds(3_600));

        assertThat(gate.json()).contains("\"gate-executed\":null", "\"count-executed\":100");
    }

    @Test
    void settledCallsAreARateAndSharesOfIt() {
        Map<CallState, Count> counts = Map.of(
                CallState.EXECUTED, new Count(30, false),
                CallState.REJECTED, new Count(9, false),
                CallState.NEVER, new Count(1, false));

        assertThat(CallFigures.settled(new Overview.Lately(Duration.ofSeconds(10), counts)))
                .isEqualTo("\"settled\":4.000,\"executed\":75.000,\"rejected\":22.500,\"never\":2.500");
        assertThat(CallFigures.settled(new Overview.Lately(Duration.ofSeconds(10), Map.of())))
                .isEqualTo("\"settled\":0.000,\"executed\":null,\"rejected\":null,\"never\":null");
    }

    @Test
    void latenciesAreTheHalfAndTheSlowest() {
        assertThat(CallFigures.latencies(
                        List.of(Duration.ofMillis(900), Duration.ofMillis(100), Duration.ofMillis(200))))
                .isEqualTo("\"p50\":0.200,\"p99\":0.900");
        assertThat(CallFigures.latencies(List.of())).isEqualTo("\"p50\":null,\"p99\":null");
    }
}
