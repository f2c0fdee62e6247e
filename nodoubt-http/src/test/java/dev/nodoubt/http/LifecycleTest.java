package dev.nodoubt.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.AttemptResult.Lost;
import dev.nodoubt.AttemptResult.NotSent;
import dev.nodoubt.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a transport says when it starts, what it leaves when it ends, and what it promises about time. */
class LifecycleTest {

    private static final URI BASE = URI.create("http://localhost:1");

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        RawServer.Script hold = line -> {
            arrived.countDown();
            line.stayBusy();
        };
        try (RawServer server = new RawServer(hold)) {
            HttpTransport transport =
                    Calls.transport(Calls.target(server.base(), Calls.PATIENT).withMaxConnections(1));
            CompletableFuture<AttemptResult> sent = Calls.begin(transport, Calls.execute("mail", 1));
            CompletableFuture<AttemptResult> inLine = Calls.begin(transport, Calls.execute("mail", 2));
            arrived.await();

            transport.close();

            assertThat(sent.join()).isEqualTo(new Lost("transport closed while the attempt was under way"));
            // who is told first, the one in line or the line itself, is left to chance
            assertThat(inLine.join())
                    .isIn(
                            new NotSent("transport closed while the attempt was under way"),
                            new NotSent("no connection: transport is closed"));
            assertThat(Calls.cross(transport, 3)).isEqualTo(new NotSent("transport is closed"));
            transport.close();
        }
    }

    /** The connections that closing frees are not handed to those in line. */
    @Test
    void closingSendsNothingMore() throws Exception {
        CountDownLatch arrived = new CountDownLatch(2);
        RawServer.Script hold = line -> {
            arrived.countDown();
            line.stayBusy();
        };
        try (RawServer server = new RawServer(hold)) {
            HttpTransport transport =
                    Calls.transport(Calls.target(server.base(), Calls.PATIENT).withMaxConnections(2));
            List<CompletableFuture<AttemptResult>> results = new ArrayList<>();
            for (int number = 1; number <= 200; number++) {
                results.add(Calls.begin(transport, Calls.execute("mail", number)));
            }
            arrived.await();

            transport.close();

            assertThat(results.stream().map(CompletableFuture::join)).hasSize(200);
            assertThat(results.stream().filter(result -> result.join() instanceof Lost))
                    .hasSize(2);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aClosedTransportLeavesNoThreadAndNoFile() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Set<Path> filesBefore = vertxFiles();
        Set<Thread> started = new HashSet<>();
        try (RawServer server = new RawServer(line -> line.send(Calls.executed("{}")))) {
            HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.PATIENT));
            assertThat(Calls.cross(transport, 1)).isInstanceOf(Outcome.Executed.class);
            started.addAll(Thread.getAllStackTraces().keySet());
            started.removeAll(before);
            started.removeIf(thread -> thread.getName().equals("raw-server"));

            transport.close();
        }

        assertThat(started).isNotEmpty().allMatch(Thread::isDaemon);
        for (Thread thread : started) {
            thread.join(30_000);
        }
        assertThat(started).noneMatch(Thread::isAlive);
        assertThat(vertxFiles()).isEqualTo(filesBefore);
    }

    private static Set<Path> vertxFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("vertx"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void timeoutsOutsideTheUsualRangeAreSaidOnceForEachTarget() {
        HttpTarget usual = HttpTarget.of("usual", BASE);
        HttpTarget slowest = HttpTarget.of("slowest", BASE).withTimeouts(timeouts(5_000, 3_000));
        HttpTarget hasty = HttpTarget.of("hasty", BASE).withTimeouts(timeouts(999, 500));
        HttpTarget lazy = HttpTarget.of("lazy", BASE).withTimeouts(timeouts(1_000, 3_001));

        List<String> said = saidWhileStarting(usual, slowest, hasty, lazy);

        assertThat(said)
                .containsExactly(
                        "ND-0121 target hasty: connect timeout PT0.999S is outside PT1S to PT5S,"
                                + " response timeout PT0.5S is outside PT1S to PT3S; accepted as configured",
                        "ND-0121 target lazy: response timeout PT3.001S is outside PT1S to PT3S; accepted as configured");
    }

    private static HttpTarget.Timeouts timeouts(long connectMillis, long responseMillis) {
        return new HttpTarget.Timeouts(
                Duration.ofMillis(connectMillis),
                Duration.ofSeconds(3),
                Duration.ofMillis(responseMillis),
                Duration.ofMillis(200));
    }

    private static List<String> saidWhileStarting(HttpTarget... targets) {
        Logger log = (Logger) LoggerFactory.getLogger(HttpTransport.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try (HttpTransport transport = Calls.transport(targets)) {
            assertThat(transport.targets()).hasSize(targets.length);
        } finally {
            log.detachAppender(lines);
        }
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void theLongestAttemptIsPoolWaitConnectAndResponse() {
        try (HttpTransport transport = Calls.transport(HttpTarget.of("mail", BASE))) {
            assertThat(transport.longest("mail")).isEqualTo(Duration.ofMillis(4_200));
            assertThatThrownBy(() -> transport.longest("other")).hasMessage("target must be one of [mail], was other");
        }
    }

    @Test
    void twoTargetsOfOneNameAreRefused() {
        assertThatThrownBy(() -> Calls.transport(HttpTarget.of("mail", BASE), HttpTarget.of("mail", BASE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("target mail: name must be used once, was used by two targets");
    }
}
