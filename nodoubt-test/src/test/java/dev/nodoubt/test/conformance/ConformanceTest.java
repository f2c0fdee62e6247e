package dev.nodoubt.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConformanceTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void help_names_every_option_and_every_feature() throws Exception {
        assertThat(run("--help")).isEqualTo(Conformance.PASSED);

        assertThat(out.toString(StandardCharsets.UTF_8)).contains(Arguments.names());
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(Arrays.stream(Feature.values()).map(Feature::word).toList());
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void every_case_has_a_name_of_its_own_and_one_line() throws Exception {
        List<String> ids = Suite.ids();

        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        assertThat(ids).allMatch(id -> id.matches("[a-z]+\\.[a-z-]+") && id.length() <= 32);
        assertThat(ids).allMatch(id -> Suite.expected(id).length() <= 110);
        assertThat(run("--list", "--only", "fence.*,replay.identical")).isEqualTo(Conformance.PASSED);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .allMatch(line -> line.startsWith("fence.") || line.startsWith("replay.identical "))
                .hasSizeGreaterThan(5);
    }

    @Test
    void mistakes_are_told_in_one_line() throws Exception {
        assertRefused("--receiver is needed", "--token", "t");
        assertRefused("unknown option --recevier", "--recevier", "http://127.0.0.1:1/");
        assertRefused("--receiver needs a value", "--receiver");
        assertRefused("--token came twice", "--token=a", "--token=b");
        assertRefused("without TLS, was https://a/b", "--receiver", "https://a/b");
        assertRefused("there is no feature wait", "--receiver=http://127.0.0.1:1/", "--with", "wait");
        assertRefused("there is no case fense.*", "--only", "fense.*");
        assertRefused("--rounds must be 1 to 100000, was x", "--receiver=http://127.0.0.1:1/", "--rounds=x");
        assertRefused("--body must be a readable UTF-8 file", "--receiver=http://127.0.0.1:1/", "--body=/no/such");
        assertRefused("must be a path from / on", "--receiver=http://127.0.0.1:1/", "--fence=fence");
        assertRefused("nobody listens at 127.0.0.1:1", "--receiver=http://127.0.0.1:1/orders");
    }

    private void assertRefused(String message, String... words) throws Exception {
        err.reset();

        assertThat(run(words)).isEqualTo(Conformance.USAGE);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("conformance: ")
                .contains(message);
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        assertThat(out.size()).isZero();
    }

    private int run(String... words) throws InterruptedException {
        return Conformance.run(
                List.of(words),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
