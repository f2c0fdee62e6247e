package dev.nodoubt.bench.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.bench.delivery.report.Participant;
import dev.nodoubt.bench.delivery.report.Run;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryReportTest {

    private static final Instant DATE = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void a_run_says_what_it_ran_on() {
        Run run = run("server_version 18.6 (Debian), fsync on", List.of(Entrant.TRANSFER));

        assertThat(run.date()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(run.conditions())
                .containsKeys("machine", "jdk", "libraries", "options")
                .containsEntry("database", Map.of("server_version", "18.6 (Debian)", "fsync", "on"));
        assertThat(run.conditions().get("machine")).containsKeys("cores", "memory", "cpu", "os", "kernel");
    }

    @Test
    void versions_are_those_of_the_class_path() {
        List<Entrant> everybody = List.of(Entrant.values());

        Run run = run("fsync on", everybody);

        // nodoubt itself has none before it is packaged
        assertThat(run.participants())
                .filteredOn(participant -> !participant.title().equals("nodoubt"))
                .allSatisfy(participant -> assertThat(participant.version())
                        .matches(
                                Entrant.titled(participant.title()).records()
                                                && !participant.title().equals("ideal")
                                        ? "\\d+\\.\\d+.*"
                                        : ""));
        assertThat(run.participants()).extracting(Participant::title).contains("transfer", "jobrunr");
        assertThat(run.conditions().get("libraries"))
                .allSatisfy((library, version) ->
                        assertThat(version).startsWith(library.equals("postgresql") ? "42." : ""));
    }

    private static Run run(String settings, List<Entrant> entrants) {
        DeliveryOptions options = new DeliveryOptions(entrants, 5, 4_000, 4_000, 8, 20_000, Path.of("out"));
        return new DeliveryReport(options, settings, List.of()).run(DATE);
    }
}
