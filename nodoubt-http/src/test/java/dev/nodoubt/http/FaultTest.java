package dev.nodoubt.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.AttemptResult.Lost;
import dev.nodoubt.AttemptResult.NotSent;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault of a network and of a broken peer, and what it is told apart as. */
class FaultTest {

    private static final String MARK = "Nodoubt-Outcome: executed\r\n";
    /** Of both timeouts' reasons: on a busy machine either may come first. */
    private static final String WITHIN = "within";

    private static final String HEAD = "HTTP/1.1 200 OK\r\n" + MARK;

    static Stream<Arguments> faultsAfterTheRequest() {
        return Stream.of(
                fault("answer swallowed", RawServer.Line::stayBusy, WITHIN),
                fault("reset instead of the answer", RawServer.Line::reset, "connection"),
                fault("closed without an answer", RawServer.Line::close, "connection closed"),
                fault("closed inside the status line", then("HTTP/1.1 20"), "connection closed"),
                fault("closed inside the headers", then(HEAD + "Content-Le"), "connection closed"),
                fault(
                        "body shorter than its length",
                        then(HEAD + "Content-Length: 9\r\n\r\n12345678"),
                        "connection closed"),
                fault(
                        "reset inside the body",
                        line -> {
                            line.send(HEAD + "Content-Length: 9\r\n\r\n1234");
                            line.reset();
                        },
                        "connection"),
                fault("chunk cut", then(HEAD + "Transfer-Encoding: chunked\r\n\r\n9\r\n1234"), "connection closed"),
                fault(
                        "last chunk missing",
                        then(HEAD + "Transfer-Encoding: chunked\r\n\r\n4\r\n1234\r\n"),
                        "connection closed"),
                fault("end not proven", then(HEAD + "\r\n{\"id\":7}"), "may have been cut"),
                fault(
                        "body drips",
                        line -> {
                            line.send(HEAD + "Content-Length: 1000\r\n\r\n");
                            line.drip("x".repeat(1000), 50);
                        },
                        WITHIN),
                fault("headers drip", line -> line.drip(HEAD + "X: " + "x".repeat(1000), 50), WITHIN),
                fault(
                        "body stops",
                        line -> {
                            line.send(HEAD + "Content-Length: 9\r\n\r\n1234");
                            line.stayBusy();
                        },
                        WITHIN),
                fault(
                        "answer comes after the timeout",
                        line -> {
                            line.delay(900);
                            line.send(Calls.executed("{}"));
                        },
                        WITHIN),
                fault("not HTTP", line -> line.send("220 mail ESMTP ready\r\n\r\n"), "not usable HTTP"),
                fault(
                        "unknown HTTP version",
                        line -> line.send("HTTP/9.9 200 OK\r\n" + MARK + "Content-Length: 0\r\n\r\n"),
                        "not usable HTTP"),
                fault(
                        "garbled header",
                        line -> line.send(HEAD + "B\u0001d\u0000: x\r\nContent-Length: 0\r\n\r\n"),
                        "not usable HTTP"),
                fault(
                        "oversized header",
                        line -> line.send(HEAD + "X: " + "x".repeat(100_000) + "\r\n\r\n"),
                        "not usable HTTP"),
                fault(
                        "two lengths",
                        line -> line.send(HEAD + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n12"),
                        "not usable HTTP"),
                fault("negative length", line -> line.send(HEAD + "Content-Length: -1\r\n\r\n"), "not usable HTTP"),
                fault(
                        "garbled chunk size",
                        line -> line.send(HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
                        "not usable HTTP"),
                fault(
                        "body too long by its length",
                        line -> {
                            line.send(HEAD + "Content-Length: 123456789012\r\n\r\n");
                            line.stayBusy();
                        },
                        "longer than 2000 bytes"),
                fault(
                        "body too long in fact",
                        line -> {
                            line.send(HEAD + "Content-Length: 9000\r\n\r\n" + "x".repeat(9000));
                            line.stayBusy();
                        },
                        "longer than 2000 bytes"),
                fault(
                        "endless chunks",
                        line -> {
                            line.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
                            while (true) {
                                line.send("4\r\n1234\r\n");
                            }
                        },
                        "longer than 2000 bytes"),
                fault(
                        "only an interim answer",
                        line -> {
                            line.send("HTTP/1.1 100 Continue\r\n\r\n");
                            line.stayBusy();
                        },
                        WITHIN),
                fault("a proxy's error page", line -> line.send(Calls.answer(502, "", "<html>")), "no Nodoubt-Outcome"),
                fault(
                        "overloaded proxy",
                        line -> line.send(Calls.answer(503, "Retry-After: 0\r\n", "")),
                        "no Nodoubt-Outcome"),
                fault(
                        "closing an idle connection",
                        line -> {
                            line.send("HTTP/1.1 408 Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                            line.close();
                        },
                        "no Nodoubt-Outcome"),
                fault(
                        "media type that is not ASCII",
                        line -> line.send(HEAD + "Content-Type: a/\u00e4\r\nContent-Length: 0\r\n\r\n"),
                        "not visible ASCII"));
    }

    private static Arguments fault(String name, RawServer.Script script, String reason) {
        return Arguments.of(name, script, reason);
    }

    private static RawServer.Script then(String sent) {
        return line -> {
            line.send(sent);
            line.close();
        };
    }

    /** Lost, never repeated by itself, and the fault's connection never serves the next attempt. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsAfterTheRequest")
    void aFaultAfterTheRequestIsALostAnswer(String name, RawServer.Script script, String reason) throws Exception {
        RawServer.Script first = line -> {
            if (line.last().attempt() == 1) {
                script.run(line);
            } else {
                line.send(Calls.executed("{\"second\":true}"));
            }
        };
        try (RawServer server = new RawServer(first);
                HttpTransport transport =
                        Calls.transport(Calls.target(server.base(), Calls.SHORT).withMaxBody(2_000))) {

            AttemptResult faulty = Calls.cross(transport, 1);
            AttemptResult next = crossUntilAnswered(transport);

            assertThat(faulty)
                    .isInstanceOfSatisfying(
                            Lost.class, lost -> assertThat(lost.reason()).contains(reason));
            assertThat(next).isEqualTo(new Outcome.Executed(Reply.of(200, Payload.json("{\"second\":true}"))));
            assertThat(server.requests().stream().filter(seen -> seen.attempt() == 1))
                    .hasSize(1);
        }
    }

    /** A busy machine may exceed the short timeouts of this test, so the next attempt has a few tries. */
    private static AttemptResult crossUntilAnswered(HttpTransport transport) throws Exception {
        AttemptResult result = Calls.cross(transport, 2);
        for (int number = 3; number < 20 && !(result instanceof Outcome); number++) {
            result = Calls.cross(transport, number);
        }
        return result;
    }

    @Test
    void aRequestThatNobodyReadsIsALostAnswer() throws Exception {
        try (RawServer server = RawServer.onAccept(RawServer.Line::stayBusy);
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.SHORT))) {

            AttemptResult result = Calls.cross(transport, 1);

            assertThat(result).isInstanceOf(Lost.class);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void silenceIsLostLongBeforeTheResponseTimeout() throws Exception {
        HttpTarget.Timeouts impatient = new HttpTarget.Timeouts(
                Duration.ofSeconds(20), Duration.ofMillis(200), Duration.ofHours(1), Duration.ofSeconds(20));
        try (RawServer server = new RawServer(RawServer.Line::stayBusy);
                HttpTransport transport = Calls.transport(Calls.target(server.base(), impatient))) {

            assertThat(Calls.cross(transport, 1)).isEqualTo(new Lost("no byte within 200 ms"));
        }
    }

    @Test
    void aDripIsLostAfterTheResponseTimeout() throws Exception {
        HttpTarget.Timeouts patient = new HttpTarget.Timeouts(
                Duration.ofSeconds(20), Duration.ofHours(1), Duration.ofMillis(400), Duration.ofSeconds(20));
        RawServer.Script drip = line -> line.drip(HEAD + "X: " + "x".repeat(100_000), 5);
        try (RawServer server = new RawServer(drip);
                HttpTransport transport = Calls.transport(Calls.target(server.base(), patient))) {

            assertThat(Calls.cross(transport, 1)).isEqualTo(new Lost("no complete answer within 400 ms"));
        }
    }

    @Test
    void aConnectionResetAtOnceIsNeverAnAnswerAndNeverRepeated() throws Exception {
        try (RawServer server = RawServer.onAccept(RawServer.Line::reset);
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.SHORT))) {

            AttemptResult result = Calls.cross(transport, 1);

            // Not sent only when the reset was seen before the first byte was written.
            assertThat(result).isInstanceOfAny(Lost.class, NotSent.class);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aRefusedConnectionIsNotSent() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (HttpTransport transport =
                Calls.transport(Calls.target(URI.create("http://localhost:" + port), Calls.PATIENT))) {

            assertThat(Calls.cross(transport, 1)).isEqualTo(new NotSent("connection refused"));
        }
    }

    @Test
    void aNameThatCannotBeResolvedIsNotSent() throws Exception {
        // A label of 64 characters is refused by the resolver itself, so that no query leaves the machine.
        String name = "x".repeat(64) + ".invalid";
        try (HttpTransport transport = Calls.transport(Calls.target(URI.create("http://" + name), Calls.SHORT))) {

            assertThat(Calls.cross(transport, 1))
                    .isEqualTo(new NotSent("no connection: The label in the input is too long"));
        }
    }

    @Test
    void answersThatAreSlowButCompleteAreAnswers() throws Exception {
        RawServer.Script slow = line -> {
            line.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
            line.delay(50);
            line.drip(HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 1);
        };
        try (RawServer server = new RawServer(slow);
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.PATIENT))) {

            AttemptResult result = Calls.cross(transport, 1);

            assertThat(result)
                    .isEqualTo(new Outcome.Executed(new Reply(200, Map.of(), Payload.of(new byte[] {'{', '}'}, ""))));
        }
    }

    @Test
    void whatIsNotConfiguredIsNotSent() throws Exception {
        try (HttpTransport transport = Calls.transport()) {
            AttemptResult result = Calls.cross(transport, 1);

            assertThat(result).isEqualTo(new NotSent("target mail is not configured; known are []"));
            assertThat(transport.targets()).isEmpty();
        }
    }
}
