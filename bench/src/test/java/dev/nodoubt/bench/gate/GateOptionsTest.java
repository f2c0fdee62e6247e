package dev.nodoubt.bench.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.bench.measure.DatabaseKind;
import dev.nodoubt.bench.measure.InvalidOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateOptionsTest {

    @Test
    void a_short_run_is_short_and_what_is_named_beside_it_counts_more() throws InvalidOption {
        assertThat(GateOptions.parse(List.of("--short"))).isEqualTo(new GateOptions(DatabaseKind.POSTGRESQL, 2, 2, 8));
        assertThat(GateOptions.parse(List.of("--rounds", "3", "--short", "--database", "h2")))
                .isEqualTo(new GateOptions(DatabaseKind.H2, 3, 2, 8));
    }

    @Test
    void a_wrong_option_is_told_with_its_rule_and_its_value() {
        assertThatThrownBy(() -> GateOptions.parse(List.of("--clients", "65")))
                .hasMessage("option --clients must be a whole number from 1 to 64, was '65'");
        assertThatThrownBy(() -> GateOptions.parse(List.of("--database", "oracle")))
                .hasMessage("option --database must be postgresql, mariadb or h2, was 'oracle'");
        assertThatThrownBy(() -> GateOptions.parse(List.of("--seconds", "--short")))
                .hasMessage("option --seconds needs a value; --help shows it");
        assertThatThrownBy(() -> GateOptions.parse(List.of("--fast")))
                .hasMessage("unknown option --fast; --help lists them");
    }
}
