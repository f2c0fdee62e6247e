package dev.nodoubt.bench.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.bench.measure.BenchDatabase.Written;
import dev.nodoubt.bench.measure.CpuMeter.Cpu;
import dev.nodoubt.bench.measure.DatabaseKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateReportTest {

    private static final GateOptions OPTIONS = new GateOptions(DatabaseKind.POSTGRESQL, 1, 1, 8);

    @Test
    void a_replay_is_told_as_a_ratio_to_the_ungated_handler_and_to_the_gated_execution() {
        Map<Side, Round> round =
                Map.of(Side.GATED, round(500, 400), Side.UNGATED, round(1000, 200), Side.REPLAYED, round(2000, 50));
        Map<Side, Written> written = Map.of(
                Side.GATED, new Written(1, 900, 0),
                Side.UNGATED, new Written(1, 300, 0),
                Side.REPLAYED, new Written(1, 0, 0));

        String text = new GateReport(OPTIONS, "fsync on", List.of(round), written, new GateReport.Requests(1500, 2000))
                .text();

        assertThat(words(text))
                .contains("1500 orders, each with exactly one effect, and 2000 replays without any")
                .containsSubsequence(
                        "gated ungated ratio",
                        "requests per second 500.00 1000.00 0.500",
                        "CPU of both, µs a request 400.00 200.00 0.500",
                        "WAL bytes a request 900.00 300.00 0.333",
                        "replayed ungated ratio",
                        "requests per second 2000.00 1000.00 2.000",
                        "CPU of both, µs a request 50.00 200.00 4.000",
                        "latency p50, ms 1.00 1.00 1.000",
                        "WAL bytes a request 0.00 300.00 -",
                        "replayed gated ratio",
                        "requests per second 2000.00 500.00 4.000",
                        "CPU of both, µs a request 50.00 400.00 8.000");
    }

    @Test
    void each_round_is_told_with_the_replay() {
        Map<Side, Round> round =
                Map.of(Side.GATED, round(500, 400), Side.UNGATED, round(1000, 200), Side.REPLAYED, round(2000, 50));

        assertThat(GateReport.round(3, round))
                .isEqualTo("round 3: gated/ungated throughput 0.500, CPU 0.500;"
                        + " replayed/ungated throughput 2.000, CPU 4.000;"
                        + " replayed/gated throughput 4.000, CPU 8.000");
    }

    @Test
    void a_replay_meets_the_path_on_which_its_order_was_executed() {
        assertThat(Side.REPLAYED.path()).isEqualTo(Side.GATED.path()).isNotEqualTo(Side.UNGATED.path());
    }

    /** A second of so many requests, each of which took a millisecond and so many microseconds of CPU. */
    private static Round round(int requests, double micros) {
        long[] latencies = new long[requests];
        Arrays.fill(latencies, 1_000_000);
        return new Round(new Sample(latencies, 1_000_000_000), new Cpu(requests * micros, 0));
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
