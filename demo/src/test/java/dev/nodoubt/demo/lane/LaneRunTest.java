package dev.nodoubt.demo.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LaneRunTest {

    @Test
    void percentilesAreByNearestRankInMilliseconds() {
        List<Long> nanos = LongStream.rangeClosed(1, 200)
                .map(i -> (201 - i) * 1_000_000)
                .boxed()
                .toList();
        LaneRun run = new LaneRun(nanos, 10, 12);

        assertThat(run.percentileMillis(50)).isEqualTo(100);
        assertThat(run.percentileMillis(99)).isEqualTo(198);
        assertThat(run.percentileMillis(100)).isEqualTo(200);
        assertThat(run.perSecond()).isEqualTo(20);
    }

    @Test
    void nothingRunIsZero() {
        LaneRun run = new LaneRun(List.of(), 0, 0);

        assertThat(run.percentileMillis(99)).isZero();
        assertThat(run.perSecond()).isZero();
    }
}
