package dev.nodoubt.bench.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.bench.measure.InvalidOption;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.runner.RunnerException;

class PartsBenchmarkTest {

    private static final List<Class<?>> PARTS = List.of(
            CallerWirePart.class,
            EndpointPart.class,
            FingerprintPart.class,
            GateRoundPart.class,
            KeyPart.class,
            MachinePart.class);

    @Test
    void every_benchmark_is_listed() throws RunnerException, InvalidOption {
        List<String> expected = PARTS.stream()
                .flatMap(part -> Stream.of(part.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Benchmark.class))
                        .map(method -> part.getSimpleName() + "." + method.getName()))
                .sorted()
                .toList();

        String listed = run(List.of("--list"));

        assertThat(listed.lines()).containsExactlyElementsOf(expected);
        assertThat(expected)
                .contains(
                        "GateRoundPart.execute", "GateRoundPart.replay", "KeyPart.create", "MachinePart.nextOfWaiting");
    }

    @Test
    void those_are_listed_whose_name_contains_a_text() throws RunnerException, InvalidOption {
        assertThat(run(List.of("--list", "--only", "Endpoint")).lines())
                .containsExactly("EndpointPart.execute", "EndpointPart.outcome");
        assertThatThrownBy(() -> run(List.of("--only", "Gateway")))
                .isInstanceOf(InvalidOption.class)
                .hasMessage("option --only must be part of a name, was 'Gateway'; --list names all of them");
    }

    @Test
    void every_part_takes_the_path_that_it_measures() throws Exception {
        for (Class<?> part : PARTS) {
            Object built = part.getConstructor().newInstance();

            // It throws where it is another one.
            List<Method> setUps = Stream.of(part.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Setup.class))
                    .toList();
            assertThat(setUps).as(part.getSimpleName()).hasSize(1);
            setUps.get(0).invoke(built);

            if (built instanceof GateRoundPart round) {
                round.close();
            }
        }
    }

    @Test
    void a_short_run_is_short_and_a_wrong_option_is_told() throws InvalidOption {
        assertThat(PartsOptions.parse(List.of("--short"))).isEqualTo(new PartsOptions(true, false, ""));
        assertThatThrownBy(() -> PartsOptions.parse(List.of("--only", "--short")))
                .hasMessage("option --only needs a value; --help shows it");
        assertThatThrownBy(() -> PartsOptions.parse(List.of("--fast")))
                .hasMessage("unknown option --fast; --help lists them");
    }

    @Test
    void what_one_iteration_cannot_tell_is_left_out_of_the_table() {
        PartsReport.Row row = new PartsReport.Row("KeyPart.create", 1234.56, Double.NaN, 96);

        String text = new PartsReport("1 iteration", List.of(row)).text();

        assertThat(text.replaceAll(" +", " ")).contains("KeyPart.create 1,234.6 - 96.0\n");
    }

    private static String run(List<String> options) throws RunnerException, InvalidOption {
        return new PartsBenchmark(PartsOptions.parse(options), line -> {}).run();
    }
}
