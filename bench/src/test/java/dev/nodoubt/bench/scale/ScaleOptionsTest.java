package dev.nodoubt.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.bench.measure.InvalidOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleOptionsTest {

    @Test
    void a_short_run_is_short_and_what_is_named_beside_it_counts_more() throws InvalidOption {
        assertThat(FlatOptions.parse(List.of("--short")).sizes()).isEqualTo(FlatOptions.Sizes.SHORT);
        assertThat(FlatOptions.parse(List.of("--rounds", "2", "--short")).rounds())
                .isEqualTo(2);
        assertThat(MemoryOptions.parse(List.of("--calls", "5", "--short")))
                .isEqualTo(new MemoryOptions(5, 500, 500, 256, Path.of("target", "benchmark")));
    }

    @Test
    void parts_are_measured_in_their_own_order() throws InvalidOption {
        assertThat(FlatOptions.parse(List.of("--parts", "relays,settled")).parts())
                .containsExactly(Part.SETTLED, Part.RELAYS);
    }

    @Test
    void a_wrong_option_is_told_with_its_rule_and_its_value() {
        assertThatThrownBy(() -> FlatOptions.parse(List.of("--parts", "settled,tables")))
                .hasMessage(
                        "option --parts must be of settled,later,paused,left,retention,pinned,pinned-plain,unpinned,"
                                + "relays, was 'tables'");
        assertThatThrownBy(() -> MemoryOptions.parse(List.of("--open", "10001")))
                .hasMessage("option --open must be a whole number from 0 to 10000, was '10001'");
        assertThatThrownBy(() -> MemoryOptions.parse(List.of("--fast")))
                .hasMessage("unknown option --fast; --help lists them");
    }
}
