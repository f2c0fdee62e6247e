package dev.nodoubt.bench.delivery.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.bench.measure.InvalidOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportOptionsTest {

    @Test
    void directories_are_labelled_by_their_name_or_as_it_is_said() throws InvalidOption {
        ReportOptions options = ReportOptions.parse(List.of("--from", "runs/a,before=x/a", "--report", "out"));

        assertThat(options)
                .isEqualTo(new ReportOptions(Map.of("a", Path.of("runs/a"), "before", Path.of("x/a")), Path.of("out")));
    }

    @Test
    void a_wrong_option_is_told_with_its_rule_and_its_value() {
        assertThatThrownBy(() -> ReportOptions.parse(List.of("--from", "a")))
                .hasMessage("option --report is needed; --help shows it");
        assertThatThrownBy(() -> ReportOptions.parse(List.of("--from", "--report", "out")))
                .hasMessage("option --from needs a value; --help shows it");
        assertThatThrownBy(() -> ReportOptions.parse(List.of("--from", "x/a,y/a", "--report", "out")))
                .hasMessage("option --from must give each directory a label of its own, was 'y/a'; LABEL=DIR names it");
        assertThatThrownBy(() -> ReportOptions.parse(List.of("--into", "out")))
                .hasMessage("unknown option --into; --help lists them");
    }

    @Test
    void a_single_run_gets_the_label_and_several_of_one_directory_keep_theirs(@TempDir Path directory)
            throws IOException {
        Path single = directory.resolve("single");
        Path several = directory.resolve("several");
        ReportFiles.write(single, List.of(Runs.small("")));
        ReportFiles.write(several, List.of(Runs.small("first"), Runs.small("second")));

        String text =
                new ReportOptions(new TreeMap<>(Map.of("a", single, "b", several)), directory.resolve("out")).render();

        assertThat(text).contains("\n## a\n", "\n## first\n", "\n## second\n").doesNotContain("\n## b\n");
        assertThat(ReportFiles.read(directory.resolve("out"))).hasSize(3);
    }
}
