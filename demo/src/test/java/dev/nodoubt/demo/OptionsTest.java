package dev.nodoubt.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    private static final Map<String, String> TERMINAL = Map.of(Options.TERMINAL, "yes");

    @Test
    void withoutOptionsTheDefaultsHold() throws Options.Invalid {
        Options options = parse();

        assertThat(options)
                .isEqualTo(new Options(
                        Options.Ports.from(8080),
                        Optional.empty(),
                        20261123,
                        new Options.Transfers(Optional.empty(), 1000),
                        Options.USUAL_LANES,
                        "key",
                        Optional.empty(),
                        false,
                        false,
                        false));
    }

    @Test
    void theLabHasLanesOfItsOwnAndNoOrders() throws Options.Invalid {
        assertThat(parse("--lab").lanes()).isEqualTo(Options.LAB_LANES);
        assertThat(parse("--lab").lab()).isTrue();
        assertThat(parse("--lab", "--lanes", "log").lanes()).containsExactly("log");
        assertThatExceptionOfType(Options.Invalid.class)
                .isThrownBy(() -> parse("--lanes", "retry,orders", "--lab"))
                .withMessage("option --lanes must name no lane of orders where --lab is given, was [retry, orders]");
        assertThatExceptionOfType(Options.Invalid.class)
                .isThrownBy(() -> parse("--seed", "1", "--lab", "--out=reports"))
                .withMessage(
                        "option --seed, --out must not stand beside --lab, which makes no report;" + " leave it out");
        for (String wrong : List.of("--transfers=5", "--seed=1", "--capability=key", "--out=reports", "--headless")) {
            assertThatExceptionOfType(Options.Invalid.class)
                    .isThrownBy(() -> parse("--lab", wrong))
                    .withMessageStartingWith("option " + wrong.replaceAll("=.*", "") + " must not stand beside --lab");
        }
    }

    @Test
    void theExchangeOffersOneOfFourThings() throws Options.Invalid {
        assertThat(parse("--capability", "net-cancel").capability()).isEqualTo("net-cancel");
        assertThatExceptionOfType(Options.Invalid.class)
                .isThrownBy(() -> parse("--capability", "all"))
                .withMessage("option --capability must be key, query, net-cancel or none, was 'all'");
    }

    @Test
    void lanesAreNamedOnceEach() throws Options.Invalid {
        assertThat(parse("--lanes", "flag-resend,nodoubt").lanes()).containsExactly("flag-resend", "nodoubt");
        for (String wrong : List.of("fast", "nodoubt,", "flag,flag", "")) {
            assertThatExceptionOfType(Options.Invalid.class)
                    .isThrownBy(() -> parse("--lanes=" + wrong))
                    .withMessageContaining("--lanes must be of naive,")
                    .withMessageContaining("'" + wrong + "'");
        }
    }

    @Test
    void eachOptionIsRead() throws Options.Invalid {
        Options options = parse(
                "--port-base",
                "9000",
                "--data",
                "/data/a b",
                "--seed=-7",
                "--transfers",
                "x.csv",
                "--out=/data/out",
                "--lang",
                "ko",
                "--headless");

        assertThat(options.ports().mail()).isEqualTo(9001);
        assertThat(options.data()).contains(Path.of("/data/a b"));
        assertThat(options.seed()).isEqualTo(-7);
        assertThat(options.transfers().file().orElseThrow()).isAbsolute().hasFileName("x.csv");
        assertThat(options.out()).contains(Path.of("/data/out"));
        assertThat(options.korean()).isTrue();
        assertThat(options.headless()).isTrue();
    }

    @Test
    void aNumberOfTransfersIsACount() throws Options.Invalid {
        assertThat(parse("--transfers", "300").transfers()).isEqualTo(new Options.Transfers(Optional.empty(), 300));
    }

    @Test
    void withoutATerminalItIsHeadless() throws Options.Invalid {
        assertThat(Options.parse(List.of(), Map.of()).headless()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ko_KR.UTF-8,,,true",
        "ko_KR.UTF-8,C,,false",
        "C,,ko_KR,true",
        "en_US.UTF-8,ko_KR.UTF-8,,true",
        ",,,false"
    })
    void theLocaleChoosesTheLanguage(String lang, String all, String kept, boolean korean) throws Options.Invalid {
        Map<String, String> environment = new HashMap<>();
        environment.put("LANG", lang);
        environment.put("LC_ALL", all);
        environment.put("NODOUBT_DEMO_LC_MESSAGES", kept);
        environment.values().removeIf(value -> value == null);

        assertThat(Options.parse(List.of(), environment).korean()).isEqualTo(korean);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nope|unknown option --nope; --help lists them",
                "x.csv|unknown option x.csv; --help lists them",
                "--seed|option --seed needs a value; --help shows it",
                "--seed --headless|option --seed needs a value; --help shows it",
                "--seed 1.5|option --seed must be a whole number, was '1.5'",
                "--port-base 80|option --port-base must be a whole number from 1024 to 65400, was '80'",
                "--port-base 65401|option --port-base must be a whole number from 1024 to 65400, was '65401'",
                "--port-base x|option --port-base must be a whole number from 1024 to 65400, was 'x'",
                "--transfers 0|option --transfers must be a whole number from 1 to 100000, was '0'",
                "--transfers -3|option --transfers must be a whole number from 1 to 100000, was '-3'",
                "--lang fr|option --lang must be en or ko, was 'fr'",
                "--data=|option --data must be a path on this machine, was ''"
            })
    void aWrongOptionIsNamedWithItsRuleAndValue(String line, String message) {
        assertThatExceptionOfType(Options.Invalid.class)
                .isThrownBy(() -> Options.parse(List.of(line.split(" ", -1)), TERMINAL))
                .withMessage(message);
    }

    @Test
    void aTakenPortIsNamedTogetherWithAFreeBase() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Options.Ports ports = Options.Ports.from(taken.getLocalPort() - 1);

            assertThatExceptionOfType(Options.Invalid.class)
                    .isThrownBy(ports::check)
                    .withMessageMatching(
                            "port \\d+ \\(.+\\) is taken; (all are free with --port-base \\d+|stop what.*)");
        }
    }

    /** As the start script runs it where nothing is compiled yet. */
    @Test
    void optionsAreCheckedByTheirFileAlone() throws IOException, InterruptedException {
        assertThat(alone("Options.java", "--seed", "x"))
                .isEqualTo("2 demo: option --seed must be a whole number, was 'x'\n");
        assertThat(alone("Help.java")).isEqualTo("0 " + Help.TEXT);
    }

    private static String alone(String file, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(Path.of("src/main/java/dev/nodoubt/demo", file).toString());
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).replace(System.lineSeparator(), "\n");
        return process.waitFor() + " " + said;
    }

    private static Options parse(String... args) throws Options.Invalid {
        return Options.parse(List.of(args), TERMINAL);
    }
}
