package dev.nodoubt.bench.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.bench.measure.InvalidOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryOptionsTest {

    private static final Path REPORT = Path.of("target", "benchmark");

    @Test
    void everybody_takes_part_unless_contenders_are_named() throws InvalidOption {
        assertThat(DeliveryOptions.parse(List.of()))
                .isEqualTo(new DeliveryOptions(List.of(Entrant.values()), 5, 4_000, 4_000, 8, 20_000, REPORT));
        assertThat(DeliveryOptions.parse(List.of("--contenders", "nodoubt,db-scheduler"))
                        .entrants())
                .containsExactly(Entrant.NODOUBT, Entrant.DB_SCHEDULER);
    }

    @Test
    void a_short_run_is_short_and_what_is_named_beside_it_counts_more() throws InvalidOption {
        List<String> args =
                List.of("--rounds", "3", "--short", "--warm-up", "9000", "--backlog", "0", "--report", "out");

        DeliveryOptions options = DeliveryOptions.parse(args);

        assertThat(options)
                .isEqualTo(new DeliveryOptions(List.of(Entrant.values()), 3, 9_000, 1_000, 1, 0, Path.of("out")));
    }

    @Test
    void a_wrong_option_is_told_with_its_rule_and_its_value() {
        assertThatThrownBy(() -> DeliveryOptions.parse(List.of("--rounds", "101")))
                .hasMessage("option --rounds must be a whole number from 1 to 100, was '101'");
        assertThatThrownBy(() -> DeliveryOptions.parse(List.of("--millis", "soon")))
                .hasMessage("option --millis must be a whole number from 100 to 600000, was 'soon'");
        assertThatThrownBy(() -> DeliveryOptions.parse(List.of("--contenders", "nodoubt,nobody")))
                .hasMessage("no contender is named 'nobody'; --help lists them");
        assertThatThrownBy(() -> DeliveryOptions.parse(List.of("--report", "--short")))
                .hasMessage("option --report needs a value; --help shows it");
        assertThatThrownBy(() -> DeliveryOptions.parse(List.of("--fast")))
                .hasMessage("unknown option --fast; --help lists them");
    }
}
