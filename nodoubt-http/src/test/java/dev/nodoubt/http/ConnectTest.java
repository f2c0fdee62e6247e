package dev.nodoubt.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.AttemptResult.NotSent;
import dev.nodoubt.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Until a connection stands, TLS included, nothing of the request has left. */
class ConnectTest {

    private static final HttpTarget.Timeouts BRIEF_CONNECT = new HttpTarget.Timeouts(
            Duration.ofMillis(300), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(5));

    @TempDir
    private static Path dir;

    private static Certificate localhost;
    private static Certificate elsewhere;
    private static Certificate client;

    @BeforeAll
    static void makeCertificates() throws Exception {
        localhost = Certificate.make(dir, "localhost", "dns:localhost,ip:127.0.0.1");
        elsewhere = Certificate.make(dir, "elsewhere", "dns:elsewhere.example");
        client = Certificate.make(dir, "client", "dns:client.example");
    }

    @Test
    void aServerThatDoesNotAcceptIsNotSentAfterTheConnectTimeout() throws Exception {
        List<Socket> queued = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpTransport transport = Calls.transport(
                        Calls.target(URI.create("http://localhost:" + full.getLocalPort()), BRIEF_CONNECT))) {
            assumeTrue(fillBacklog(full, queued), "this system answers connects beyond the backlog");

            AttemptResult result = Calls.cross(transport, 1);

            assertThat(result).isEqualTo(new NotSent("no connection within 300 ms"));
        } finally {
            for (Socket socket : queued) {
                socket.close();
            }
        }
    }

    private static boolean fillBacklog(ServerSocket server, List<Socket> queued) throws IOException {
        for (int i = 0; i < 100; i++) {
            Socket socket = new Socket();
            queued.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 300);
            } catch (SocketTimeoutException e) {
                return true;
            }
        }
        return false;
    }

    @Test
    void anAnswerComesThroughTls() throws Exception {
        try (RawServer server = localhost.serve(false, null);
                HttpTransport transport = Calls.transport(
                        Calls.target(server.base(), Calls.PATIENT).withTls(Tls.trusting(localhost.trust())))) {
            for (int number = 1; number <= 3; number++) {
                assertThat(Calls.cross(transport, number)).isInstanceOf(Outcome.Executed.class);
            }

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatIsNotTrustedIsNotSent() throws Exception {
        try (RawServer server = localhost.serve(false, null);
                HttpTransport systemTrust = Calls.transport(Calls.target(server.base(), Calls.PATIENT));
                HttpTransport otherTrust = Calls.transport(
                        Calls.target(server.base(), Calls.PATIENT).withTls(Tls.trusting(elsewhere.trust())))) {

            for (HttpTransport transport : List.of(systemTrust, otherTrust)) {
                assertHandshakeFailed(Calls.cross(transport, 1));
            }

            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aCertificateOfAnotherNameIsNotSent() throws Exception {
        try (RawServer server = elsewhere.serve(false, null);
                HttpTransport transport = Calls.transport(
                        Calls.target(server.base(), Calls.PATIENT).withTls(Tls.trusting(elsewhere.trust())))) {

            assertHandshakeFailed(Calls.cross(transport, 1));
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aServerThatSpeaksNoTlsIsNotSent() throws Exception {
        RawServer.Script plain = line -> {
            line.send(Calls.answer(400, "Nodoubt-Outcome: executed\r\n", ""));
            line.close();
        };
        try (RawServer server = RawServer.onAccept(plain);
                HttpTransport transport = Calls.transport(Calls.target(https(server), Calls.PATIENT))) {

            assertHandshakeFailed(Calls.cross(transport, 1));
        }
    }

    @Test
    void aServerThatIsSilentInTheHandshakeIsNotSentAfterTheConnectTimeout() throws Exception {
        try (RawServer server = RawServer.onAccept(RawServer.Line::stayBusy);
                HttpTransport transport = Calls.transport(Calls.target(https(server), BRIEF_CONNECT))) {

            assertThat(Calls.cross(transport, 1)).isInstanceOf(NotSent.class);
        }
    }

    @Test
    void theCallerShowsItsCertificate() throws Exception {
        Tls identified = new Tls(localhost.trust(), client.identity());
        try (RawServer server = localhost.serve(true, client);
                HttpTransport transport = Calls.transport(
                        Calls.target(server.base(), Calls.PATIENT).withTls(identified))) {

            assertThat(Calls.cross(transport, 1)).isInstanceOf(Outcome.Executed.class);
        }
    }

    /** Under TLS 1.3 the refusal comes after the client's handshake: then a request was written, and is lost. */
    @Test
    void aCallerWithoutACertificateNeverGetsAnAnswer() throws Exception {
        try (RawServer server = localhost.serve(true, client);
                HttpTransport transport = Calls.transport(
                        Calls.target(server.base(), Calls.PATIENT).withTls(Tls.trusting(localhost.trust())))) {

            assertThat(Calls.cross(transport, 1)).isInstanceOfAny(NotSent.class, AttemptResult.Lost.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aStoreThatCannotBeReadIsNamedAtOnce() {
        Tls.Store missing = new Tls.Store(Path.of("/nonexistent/store.p12"), "secret");
        Tls.Store wrong = new Tls.Store(localhost.trust().file(), "wrong password");
        URI base = URI.create("https://localhost");

        for (Tls tls : List.of(Tls.trusting(missing), new Tls(null, missing), Tls.trusting(wrong))) {
            assertThatThrownBy(() -> Calls.transport(HttpTarget.of("mail", base).withTls(tls)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("target mail: tls.")
                    .hasMessageContaining("must be a readable key store with its password, was store /")
                    .message()
                    .doesNotContain("wrong password", "secret");
        }
    }

    private static URI https(RawServer server) {
        return URI.create("https://localhost:" + server.base().getPort());
    }

    private static void assertHandshakeFailed(AttemptResult result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        NotSent.class, notSent -> assertThat(notSent.reason()).startsWith("TLS handshake failed"));
    }
}
