package dev.nodoubt.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.demo.lane.Pace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The freeze report with limits of seconds: the packaged services, and a relay made of the library alone. */
@Timeout(600)
class FreezeIT {

    private static final Freeze.Settings SHORT = new Freeze.Settings(
            new Pace(
                    Duration.ofSeconds(1),
                    Duration.ofMillis(500),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(2),
                    20,
                    Duration.ofSeconds(2)),
            Duration.ofSeconds(2),
            Duration.ofSeconds(6),
            4);

    @Test
    void aFrozenReceiverStopsNeitherTransfersNorOtherTargetsAndLosesNothing() throws Exception {
        try (ReservedPorts reserved = new ReservedPorts()) {
            FreezeFindings findings = FreezeReport.run(SHORT, reserved.ports(), 300);

            System.out.print(findings.table());
            assertThat(findings.broken()).isEmpty();
        }
    }
}
