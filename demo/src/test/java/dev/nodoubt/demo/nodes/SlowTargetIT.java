package dev.nodoubt.demo.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One short run of each kind; how long they took is the report's to measure. */
@Timeout(600)
class SlowTargetIT {

    private static final SlowTarget.Settings SHORT =
            new SlowTarget.Settings(1, 50, Duration.ofMillis(10), Target.Breaker.DEFAULT);

    @Test
    void callsToHealthyTargetsSettleWhileAThirdOneHangs() throws Exception {
        try (SlowTarget measured = new SlowTarget(SHORT)) {
            Map<SlowTarget.Third, List<List<Double>>> runs = measured.run();

            System.out.print(SlowTargetReport.table(runs));
            assertThat(runs.values())
                    .hasSize(3)
                    .allSatisfy(all -> assertThat(all)
                            .hasSize(1)
                            .allSatisfy(run -> assertThat(run).hasSize(100)));
        }
    }
}
