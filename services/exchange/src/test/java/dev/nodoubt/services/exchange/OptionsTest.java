package dev.nodoubt.services.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    private static Options parse(String line) throws InvalidOption {
        return Options.parse(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)));
    }

    @Test
    void nothing_has_to_be_said() throws Exception {
        Options options = parse("");

        assertThat(options.port()).isEqualTo(8083);
        assertThat(options.capability()).isEqualTo(Capability.KEY);
        assertThat(options.faults()).isEqualTo(new FaultPlan(20261123, 0.3));
        assertThat(options.book()).isEmpty();
        assertThat(options.times().retention()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void everything_can_be_said() throws Exception {
        Options options = parse("--port=9000 --capability net-cancel --seed -3 --loss 0.05 --retention 2m"
                + " --processing-time 800ms --fill-time 1d --slow 10ms --answer-delay 0s --book b.jsonl");

        assertThat(options.port()).isEqualTo(9000);
        assertThat(options.capability()).isEqualTo(Capability.NET_CANCEL);
        assertThat(options.faults()).isEqualTo(new FaultPlan(-3, 0.05));
        assertThat(options.book()).get().satisfies(book -> assertThat(book).isAbsolute());
        assertThat(options.times())
                .isEqualTo(new Options.Times(
                        Duration.ofMinutes(2),
                        Duration.ofMillis(800),
                        Duration.ofDays(1),
                        Duration.ofMillis(10),
                        Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port 65536             | option --port must be a whole number from 0 to 65535, was '65536'",
                "--port x                 | option --port must be a whole number from 0 to 65535, was 'x'",
                "--seed 1.5               | option --seed must be a whole number, was '1.5'",
                "--loss 1.1               | option --loss must be a decimal number from 0 to 1, was '1.1'",
                "--loss -0.1              | option --loss must be a decimal number from 0 to 1, was '-0.1'",
                "--loss NaN               | option --loss must be a decimal number from 0 to 1, was 'NaN'",
                "--retention 5            | option --retention must be a duration as 500ms, 5s or 24h, from PT0.001S to PT720H, was '5'",
                "--processing-time 0s     | option --processing-time must be a duration as 500ms, 5s or 24h, from PT0.001S to PT1H, was '0s'",
                "--processing-time 1s --slow 2s | option --slow must be a duration as 500ms, 5s or 24h, from PT0S to PT1S, was '2s'",
                "--capability             | option --capability needs a value; --help shows it",
                "--capability --seed      | option --capability needs a value; --help shows it",
                "--seed 1 --seed 2        | option --seed must be given once",
                "--book=                  | option --book must be a file on this machine, was ''",
                "--lossy 1                | unknown option --lossy; --help lists them"
            })
    void what_is_wrong_is_named_with_its_rule_and_value(String line, String message) {
        assertThatExceptionOfType(InvalidOption.class)
                .isThrownBy(() -> parse(line))
                .withMessage(message);
    }

    @Test
    void the_help_names_every_option() throws Exception {
        for (String name : List.of("port", "capability", "seed", "loss", "book", "retention", "slow", "answer-delay")) {
            assertThat(Options.HELP).contains("--" + name + " ");
        }
    }
}
