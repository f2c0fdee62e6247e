package dev.nodoubt.bench.delivery.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {

    @TempDir
    private Path directory;

    @Test
    void what_was_written_as_json_is_read_as_it_was() throws IOException {
        List<Run> runs = List.of(Runs.small("first"), Runs.small("second"));

        ReportFiles.write(directory, runs);

        assertThat(ReportFiles.read(directory)).isEqualTo(runs);
    }

    @Test
    void members_that_are_not_known_are_passed_over() {
        String json = RunsJson.write(List.of(Runs.small("")));
        String later =
                json.replaceFirst("\\{", "{\"later\":{\"runs\":[1]},").replace("\"label\"", "\"also\":[{}],\"label\"");

        assertThat(RunsJson.read(later)).isEqualTo(List.of(Runs.small("")));
    }

    @Test
    void what_is_no_report_is_told_with_its_file() throws IOException {
        Path file = directory.resolve("benchmark.json");

        Files.writeString(file, "{\"runs\":[{\"date\":");
        assertThatThrownBy(() -> ReportFiles.read(directory))
                .hasMessageStartingWith(file + " is no report: it is no JSON");

        Files.writeString(file, "{}");
        assertThatThrownBy(() -> ReportFiles.read(directory)).hasMessage(file + " is no report: it has no runs");
    }

    @Test
    void the_text_compares_within_the_run_and_leaves_out_who_did_not_take_part() throws IOException {
        String text = ReportFiles.write(directory, List.of(Runs.small("")));

        assertThat(text)
                .isEqualTo(Files.readString(directory.resolve("benchmark.md")))
                .containsPattern("\\| \\*\\*nodoubt\\*\\* +\\| +630 \\(600–660\\) \\|")
                .containsPattern(
                        "32 producers ÷ the transfer alone +\\| +0\\.58 \\(0\\.55–0\\.60\\) \\| +reach \\| +≥ 0\\.55 \\| +≥ 0\\.7 \\| +– \\|")
                .containsPattern(
                        "32 producers ÷ the best peer \\(this & <that>\\) +\\| +2\\.60 \\(2\\.20–3\\) \\| +aim \\|")
                .doesNotContain("8 producers", "plain call |", "Draining", "Left at the end", "dead rows a call");
    }

    @Test
    void runs_beside_each_other_are_labelled() throws IOException {
        String text = ReportFiles.write(directory, List.of(Runs.small("first"), Runs.small("second")));

        assertThat(text).contains("\n## first\n", "\n## second\n");
        assertThat(directory.resolve("throughput.svg"))
                .content()
                .contains("32 producers, first", "32 producers, second");
    }
}
