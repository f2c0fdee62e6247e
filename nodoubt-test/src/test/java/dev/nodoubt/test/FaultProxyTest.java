package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private static final String ANSWER = EchoServer.STARS + "hello";

    private EchoServer server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new EchoServer();
        proxy = new FaultProxy(server.port());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void itPassesAndCounts() {
        assertThat(EchoServer.ask(proxy.port(), "hello")).isEqualTo(ANSWER);
        assertThat(EchoServer.ask(proxy.port(), "hello")).isEqualTo(ANSWER);

        assertThat(server.received()).containsExactly("hello", "hello");
        assertThat(proxy.connections()).isEqualTo(2);
        assertThat(proxy.bytesToTarget()).isEqualTo(12);
        assertThat(proxy.bytesToClient()).isEqualTo(2L * ANSWER.length());
    }

    @Test
    void aLostAnswerIsATimeoutAfterTheRequestArrived() throws InterruptedException {
        proxy.plan(Fault.LOSE_ANSWER);

        assertThatThrownBy(() -> EchoServer.ask(proxy.port(), "hello", 200)).isInstanceOf(SocketTimeoutException.class);

        assertThat(server.received().poll(60, TimeUnit.SECONDS)).isEqualTo("hello");
        assertThat(proxy.bytesToClient()).isZero();
    }

    @Test
    void aLostRequestIsATimeoutAndNothingArrives() {
        proxy.plan(Fault.LOSE_REQUEST);

        assertThatThrownBy(() -> EchoServer.ask(proxy.port(), "hello", 200)).isInstanceOf(SocketTimeoutException.class);

        assertThat(proxy.connections()).isEqualTo(1);
        assertThat(proxy.bytesToTarget()).isZero();
        assertThat(server.received()).isEmpty();
    }

    @Test
    void aResetOnTheAnswerComesAfterTheRequestArrived() throws InterruptedException {
        proxy.plan(Fault.RESET_ON_ANSWER);

        assertThatThrownBy(() -> EchoServer.ask(proxy.port(), "hello", 60_000))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");

        assertThat(server.received().poll(60, TimeUnit.SECONDS)).isEqualTo("hello");
    }

    @Test
    void aResetAtOnceLetsNothingArrive() {
        proxy.plan(Fault.RESET_AT_ONCE);

        assertThatThrownBy(() -> EchoServer.ask(proxy.port(), "hello", 60_000)).isInstanceOf(SocketException.class);

        assertThat(proxy.connections()).isEqualTo(1);
        assertThat(proxy.bytesToTarget()).isZero();
        assertThat(server.received()).isEmpty();
    }

    @Test
    void aDelayedAnswerComesWholeToWhoWaitsAndNotToWhoDoesNot() {
        proxy.plan(number -> new Fault.DelayAnswer(number == 1 ? Duration.ofHours(1) : Duration.ofMillis(50)));

        assertThatThrownBy(() -> EchoServer.ask(proxy.port(), "hello", 200)).isInstanceOf(SocketTimeoutException.class);
        assertThat(EchoServer.ask(proxy.port(), "hello")).isEqualTo(ANSWER);
    }

    @Test
    void aDelayedRequestArrivesThoughItsCallerHasGone() throws Exception {
        proxy.plan(new Fault.DelayRequest(Duration.ofMillis(400)));

        assertThatThrownBy(() -> EchoServer.ask(proxy.port(), "hello", 100)).isInstanceOf(SocketTimeoutException.class);

        assertThat(server.received().poll(60, TimeUnit.SECONDS)).isEqualTo("hello");
    }

    @Test
    void aDrippingAnswerNeverLetsAReadTimeOut() throws IOException {
        proxy.plan(new Fault.DripAnswer(Duration.ofMillis(20)));
        long start = System.nanoTime();

        assertThat(EchoServer.ask(proxy.port(), "hello")).isEqualTo(ANSWER);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(20L * ANSWER.length()));
    }

    @Test
    void aTruncatedAnswerEndsInGoodOrder() {
        proxy.plan(new Fault.TruncateAnswer(7));

        assertThat(EchoServer.ask(proxy.port(), "hello")).isEqualTo("*******");
        assertThat(proxy.bytesToClient()).isEqualTo(7);
    }

    @Test
    void aGarbledAnswerHasItsLengthOnly() {
        proxy.plan(Fault.GARBLE_ANSWER);

        String answer = EchoServer.ask(proxy.port(), "hello");

        assertThat(answer).hasSameSizeAs(ANSWER).doesNotContain("*", "hello");
    }

    @Test
    void thePlanSeesTheConnectionsNumber() {
        proxy.plan(number -> number % 2 == 0 ? new Fault.TruncateAnswer(number) : Fault.PASS);

        assertThat(EchoServer.ask(proxy.port(), "hello")).isEqualTo(ANSWER);
        assertThat(EchoServer.ask(proxy.port(), "hello")).isEqualTo("**");
        assertThat(EchoServer.ask(proxy.port(), "hello")).isEqualTo(ANSWER);
        assertThat(EchoServer.ask(proxy.port(), "hello")).isEqualTo("****");
    }

    @Test
    void cuttingResetsWhatIsOpen() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("he".getBytes(StandardCharsets.US_ASCII));
            while (proxy.bytesToTarget() < 2) {
                Thread.onSpinWait();
            }

            proxy.cutAll();

            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        assertThat(EchoServer.ask(proxy.port(), "hello")).isEqualTo(ANSWER);
    }

    @Test
    void aRefusedPortRefusesAndOpensAgainWhileOldConnectionsGoOn() throws IOException {
        try (Socket old = connect()) {
            old.getOutputStream().write("he".getBytes(StandardCharsets.US_ASCII));
            while (proxy.bytesToTarget() < 2) {
                Thread.onSpinWait();
            }

            proxy.refuse();
            proxy.refuse();

            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            old.getOutputStream().write("llo\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(old.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo(ANSWER);
        }
        int port = proxy.port();

        proxy.reopen();
        proxy.reopen();

        assertThat(EchoServer.ask(port, "hello")).isEqualTo(ANSWER);
        assertThat(proxy.connections()).isEqualTo(2);
    }

    @Test
    void aTargetThatRefusesIsAResetForTheClient() throws IOException {
        server.close();

        assertThatThrownBy(() -> EchoServer.ask(proxy.port(), "hello", 60_000)).isInstanceOf(SocketException.class);
    }

    @Test
    void aTakenPortIsNamed() {
        assertThatThrownBy(() -> new FaultProxy(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                        proxy.port(),
                        number -> Fault.PASS))
                .hasMessageContaining("port " + proxy.port());
    }

    @Test
    void impossibleFaultsAreRefused() {
        assertThatThrownBy(() -> new Fault.TruncateAnswer(-1)).hasMessageContaining("bytes must be >= 0, was -1");
        assertThatThrownBy(() -> new Fault.DelayAnswer(Duration.ofMillis(-1)))
                .hasMessageContaining("pause must be >= 0");
    }

    @Test
    void closingLeavesNoThread() throws IOException {
        proxy.plan(number -> number == 1 ? Fault.LOSE_REQUEST : new Fault.DripAnswer(Duration.ofHours(1)));
        try (Socket lost = connect();
                Socket dripping = connect()) {
            dripping.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
            lost.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
            while (proxy.bytesToTarget() < 6) {
                Thread.onSpinWait();
            }

            proxy.close();

            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("fault-proxy")
                            && thread.getName().endsWith("-" + proxy.port()));
            assertThat(proxy.openConnections()).isZero();
            assertThatThrownBy(proxy::reopen).hasMessageContaining("closed");
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }
}
