package dev.nodoubt.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.AttemptResult.Lost;
import dev.nodoubt.AttemptResult.Unmarked;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.Trace;
import dev.nodoubt.call.Attempt;
import dev.nodoubt.call.Request;
import dev.nodoubt.call.Step;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What complete answers become, and what a server gets of an attempt: once, and exactly as it was recorded. */
class AnswerTest {

    private static final IdempotencyKey KEY = IdempotencyKey.of("0192f0c1-7a3e-7b11-8c55-0123456789ab");

    @Test
    void aServerGetsTheExactBytesUnderTheBasePath() throws Exception {
        try (RawServer server = new RawServer(line -> line.send(Calls.executed("{}")));
                HttpTransport transport =
                        Calls.transport(Calls.target(URI.create(server.base() + "/mail/v1/"), Calls.PATIENT))) {
            Payload body = Payload.json("{\"이름\":\"김\"}");
            Request request = new Request("mail", "PUT", "/api/notifications/7?draft=%20", body);

            Calls.cross(transport, new Attempt(Step.EXECUTE, KEY, request, 4, Duration.ofSeconds(9)));

            RawServer.Seen seen = server.requests().get(0);
            assertThat(seen.method()).isEqualTo("PUT");
            assertThat(seen.path()).isEqualTo("/mail/v1/api/notifications/7?draft=%20");
            assertThat(seen.body()).isEqualTo(body.text());
            assertThat(seen.headers())
                    .isEqualTo(Map.of(
                            "Host", server.base().getAuthority(),
                            "Content-Type", "application/json",
                            "content-length", "16",
                            "Idempotency-Key", "\"" + KEY.value() + "\"",
                            "Nodoubt-Attempt", "4",
                            "Nodoubt-Deadline", "9000"));
        }
    }

    @Test
    void anAttemptCarriesItsTrace() throws Exception {
        Trace trace = new Trace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "rojo=1");
        try (RawServer server = new RawServer(line -> line.send(Calls.executed("{}")));
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.PATIENT))) {
            Request request = new Request("mail", "POST", "/x", Payload.EMPTY);

            Calls.cross(transport, new Attempt(Step.EXECUTE, KEY, request, 1, Duration.ofSeconds(9), trace));

            assertThat(server.requests().get(0).headers())
                    .containsEntry("traceparent", trace.parent())
                    .containsEntry("tracestate", "rojo=1");
        }
    }

    @Test
    void aQueryAndAFenceHaveNoBody() throws Exception {
        String known =
                Calls.answer(200, "Nodoubt-Outcome: fenced\r\nNodoubt-Protocol: 1\r\n", "{\"outcome\":\"fenced\"}");
        try (RawServer server = new RawServer(line -> line.send(known));
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.PATIENT))) {
            Request request = new Request("mail", "POST", "/x", Payload.json("{\"secret\":1}"));

            List<AttemptResult> results = new ArrayList<>();
            for (Step step : List.of(Step.QUERY, Step.FENCE)) {
                results.add(Calls.cross(transport, new Attempt(step, KEY, request, 1, Duration.ZERO)));
            }

            assertThat(results).containsOnly(Outcome.Never.of(Outcome.Why.FENCED));
            assertThat(server.requests())
                    .extracting(seen -> seen.method() + " " + seen.path() + " " + seen.body())
                    .containsExactly("GET /nodoubt/outcome ", "POST /nodoubt/fence ");
            assertThat(server.requests().get(1).header("Content-Length")).isEqualTo("0");
        }
    }

    @Test
    void anAddressMayBeIpv6() throws Exception {
        try (ServerSocket socket = new ServerSocket()) {
            assumeTrue(binds(socket, "::1"), "this machine has no IPv6 loopback");
            URI base = URI.create("http://[::1]:" + socket.getLocalPort());
            try (RawServer server = new RawServer(socket, "http", line -> {}, line -> line.send(Calls.executed("{}")));
                    HttpTransport transport = Calls.transport(Calls.target(base, Calls.PATIENT))) {

                assertThat(Calls.cross(transport, 1)).isInstanceOf(Outcome.Executed.class);
                assertThat(server.requests().get(0).header("Host")).isEqualTo(base.getAuthority());
            }
        }
    }

    private static boolean binds(ServerSocket socket, String address) {
        try {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aConnectionIsUsedAgain() throws Exception {
        try (RawServer server = new RawServer(line -> line.send(Calls.executed("{}")));
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.PATIENT))) {
            for (int number = 1; number <= 20; number++) {
                assertThat(Calls.cross(transport, number)).isInstanceOf(Outcome.Executed.class);
            }

            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.requests()).hasSize(20);
        }
    }

    /** An answer that proves nothing is complete all the same: its connection is sound. */
    @Test
    void aCompleteAnswerWithoutAMarkKeepsItsConnection() throws Exception {
        try (RawServer server = new RawServer(line -> line.send(Calls.answer(502, "", "<html>")));
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.PATIENT))) {
            for (int number = 1; number <= 5; number++) {
                assertThat(Calls.cross(transport, number)).isInstanceOf(Lost.class);
            }

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatTheServerGivesUpIsNotUsedAgain() throws Exception {
        String last = Calls.answer(200, "Nodoubt-Outcome: executed\r\nConnection: close\r\n", "{}");
        try (RawServer server = new RawServer(line -> line.send(last));
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.PATIENT))) {
            for (int number = 1; number <= 5; number++) {
                assertThat(Calls.cross(transport, number)).isInstanceOf(Outcome.Executed.class);
            }

            assertThat(server.connections()).isEqualTo(5);
        }
    }

    /** The server closes without saying so: the next attempt may be lost, and is never sent twice. */
    @Test
    void aStalePooledConnectionNeverRepeatsARequest() throws Exception {
        RawServer.Script closeSilently = line -> {
            line.send(Calls.executed("{}"));
            line.close();
        };
        try (RawServer server = new RawServer(closeSilently);
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.PATIENT))) {
            int executed = 0;
            for (int number = 1; number <= 100; number++) {
                executed += Calls.cross(transport, number) instanceof Outcome.Executed ? 1 : 0;
            }

            assertThat(numbers(server)).doesNotHaveDuplicates().hasSize(executed);
        }
    }

    /** The request is written to a connection on which the server only closes. */
    @Test
    void aRequestOnAConnectionThatDiesUnderItIsLostAndSeenOnce() throws Exception {
        RawServer.Script onceThenDie = line -> {
            if (line.last().attempt() % 2 == 1) {
                line.send(Calls.executed("{}"));
            } else {
                line.close();
            }
        };
        try (RawServer server = new RawServer(onceThenDie);
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.PATIENT))) {
            for (int number = 1; number <= 10; number++) {
                assertThat(Calls.cross(transport, number))
                        .isInstanceOf(number % 2 == 1 ? Outcome.Executed.class : Lost.class);
            }

            assertThat(numbers(server)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            assertThat(server.connections()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNeverFollowed(int status) throws Exception {
        try (RawServer elsewhere = new RawServer(line -> line.send(Calls.executed("{}")));
                RawServer server = new RawServer(
                        line -> line.send(Calls.answer(status, "Location: " + elsewhere.base() + "/x\r\n", "")));
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.PATIENT))) {

            AttemptResult result = Calls.cross(transport, 1);

            assertThat(result).isEqualTo(new Unmarked(status));
            assertThat(server.requests()).hasSize(1);
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void anAnswerThatInvitesToRepeatIsNotRepeated() throws Exception {
        String busy = Calls.answer(503, "Nodoubt-Outcome: not-executed\r\nRetry-After: 0\r\n", "");
        try (RawServer server = new RawServer(line -> line.send(busy));
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.PATIENT))) {

            AttemptResult result = Calls.cross(transport, 1);

            assertThat(result)
                    .isEqualTo(new Answer.NotExecuted(new Reply(503, Map.of("Retry-After", "0"), Payload.EMPTY)));
            Calls.cross(transport, 2);
            assertThat(numbers(server)).containsExactly(1, 2);
        }
    }

    @Test
    void anUngatedPathIsSeenEvenWhenItsAnswerEndsWithTheConnection() throws Exception {
        RawServer.Script old = line -> {
            line.send("HTTP/1.0 200 OK\r\n\r\nsent");
            line.close();
        };
        try (RawServer server = new RawServer(old);
                HttpTransport transport = Calls.transport(Calls.target(server.base(), Calls.PATIENT))) {

            assertThat(Calls.cross(transport, 1)).isEqualTo(new Unmarked(200));
        }
    }

    @Test
    void manyCallsAtOnceEachGetTheirOwnAnswer() throws Exception {
        RawServer.Script echo = line -> line.send(Calls.executed(line.last().body()));
        try (RawServer server = new RawServer(echo);
                HttpTransport transport = Calls.transport(
                        Calls.target(server.base(), Calls.PATIENT).withMaxConnections(8))) {
            List<CompletableFuture<AttemptResult>> results = new ArrayList<>();
            for (int number = 1; number <= 500; number++) {
                results.add(Calls.begin(transport, Calls.execute("mail", number)));
            }

            for (int number = 1; number <= 500; number++) {
                assertThat(results.get(number - 1).join())
                        .isEqualTo(new Outcome.Executed(Reply.of(200, Payload.json("{\"n\":" + number + "}"))));
            }
            assertThat(new HashSet<>(numbers(server))).hasSize(500);
            assertThat(server.requests()).hasSize(500);
            assertThat(server.connections()).isLessThanOrEqualTo(8);
        }
    }

    private static List<Integer> numbers(RawServer server) {
        return server.requests().stream().map(RawServer.Seen::attempt).toList();
    }
}
