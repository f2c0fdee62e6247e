package dev.nodoubt.demo.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The nodes report with a lease of seconds and fewer calls. */
@Timeout(600)
class NodesIT {

    private static final Trial.Settings SHORT = new Trial.Settings(Duration.ofSeconds(3), Duration.ofMillis(50), 30, 5);

    @Test
    void whatBecomesOfProcessesAndDatabaseEveryCallHasOneEffectAndOneOutcome() throws Exception {
        try (Cluster cluster = new Cluster()) {
            TrialFindings findings = new Trial(SHORT, cluster).run();

            System.out.print(findings.table());
            assertThat(findings.broken()).isEmpty();
        }
    }
}
