package dev.nodoubt.services.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ProcessTest {

    private static final Pattern PORT = Pattern.compile("listens on port ([0-9]+), .* ([0-9]+) orders in the book");

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    /** @param earlier how many orders it found in its book */
    private record Running(Process process, Trader trader, int earlier) {

        void kill() throws InterruptedException {
            // SIGKILL
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Exchange.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        return process;
    }

    private Running exchange(Path book) throws IOException {
        Process process = start(
                "--port", "0", "--loss", "0", "--capability", "net-cancel", "--fill-time", "1h", "--book", book + "");
        BufferedReader output = process.inputReader(UTF_8);
        String line = String.valueOf(output.readLine());
        Matcher matcher = PORT.matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        Trader trader = new Trader(Integer.parseInt(matcher.group(1)), 30_000);
        return new Running(process, trader, Integer.parseInt(matcher.group(2)));
    }

    @Test
    void what_was_answered_survives_a_kill_and_half_a_line_does_not() throws Exception {
        Path book = directory.resolve("book.jsonl");
        Running first = exchange(book);
        first.trader().order("a");
        first.trader().order("b");
        first.trader().order("c", Trader.ORDER.replace("HANB", "GONE"));
        first.trader().cancel("a");
        List<JsonNode> before = first.trader().book();
        first.kill();
        Files.writeString(book, "{\"event\":\"booked\",\"orderId\":3,\"cli", StandardOpenOption.APPEND);

        Running second = exchange(book);

        assertThat(second.earlier()).isEqualTo(2);
        assertThat(second.trader().book()).isEqualTo(before);
        assertThat(before.get(0).path("state").asString()).isEqualTo("cancelled");
        assertThat(second.trader().order("d").text("orderId")).isEqualTo("3");
        second.kill();
        Running third = exchange(book);
        assertThat(third.trader().book()).hasSize(3).startsWith(before.toArray(JsonNode[]::new));
    }

    @Test
    void a_refusal_and_a_key_are_remembered_across_a_restart() throws Exception {
        Path book = directory.resolve("book.jsonl");
        List<String> arguments = List.of("--port", "0", "--loss", "0", "--book", book.toString());
        String refused = Trader.ORDER.replace("HANB", "GONE");
        try (ExchangeServer server = ExchangeServer.start(Options.parse(arguments))) {
            Trader trader = new Trader(server.port(), 30_000);
            trader.order("a");
            trader.order("b", refused);
        }

        try (ExchangeServer server = ExchangeServer.start(Options.parse(arguments))) {
            Trader trader = new Trader(server.port(), 30_000);

            assertThat(trader.order("a").text("orderId")).isEqualTo("1");
            assertThat(trader.order("b").status()).isEqualTo(409);
            assertThat(trader.book()).hasSize(1);
        }
    }

    @Test
    void a_book_that_is_none_stops_the_start() throws Exception {
        Path book = Files.writeString(directory.resolve("book.jsonl"), "nonsense\n");

        Process process = start("--port", "0", "--book", book.toString());

        assertThat(process.inputReader(UTF_8).readLine())
                .isEqualTo("exchange: book " + book + " cannot be used: line 1 is no entry of a book");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void a_wrong_option_is_told_in_one_line() throws Exception {
        Process process = start("--capability", "both");

        assertThat(process.inputReader(UTF_8).readLine())
                .isEqualTo("exchange: option --capability must be one of key, query, net-cancel, none, was 'both'");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void help_is_no_mistake() throws Exception {
        Process process = start("--help");

        assertThat(process.inputReader(UTF_8).readLine()).startsWith("java -jar nodoubt-exchange.jar");
        assertThat(process.waitFor()).isZero();
    }
}
