package dev.nodoubt.demo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultyNetworkTest {

    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final FaultPlan PLAN = new FaultPlan(11);

    private RawReceiver receiver;
    private FaultyNetwork network;

    @BeforeEach
    void start() throws IOException {
        receiver = new RawReceiver();
        network = new FaultyNetwork(receiver.address(), PLAN, PATIENCE);
    }

    @AfterEach
    void stop() throws IOException {
        network.close();
        receiver.close();
    }

    @Test
    void aRequestWithoutFaultPassesByteByByte() throws Exception {
        String request = notification(transferWith(Fault.NONE), "k1");

        String answer = exchange(request);

        assertThat(answer).startsWith("HTTP/1.1 202 Accepted\r\n").endsWith("\r\n\r\nanswer 1");
        assertThat(receiver.requests.take()).isEqualTo(request);
        assertThat(network.met(Fault.NONE)).isEqualTo(1);
    }

    @Test
    void aWatcherSeesEachAttemptOnItsWay() throws Exception {
        List<Crossing> seen = new CopyOnWriteArrayList<>();
        try (FaultyNetwork watched = new FaultyNetwork(receiver.address(), PLAN, PATIENCE, seen::add)) {
            String request = notification(transferWith(Fault.NONE), "k1");
            AtomicInteger from = new AtomicInteger();

            ByHand.Said said = ByHand.send(watched.port(), request, Duration.ofSeconds(30), from::set);

            assertThat(said.words()).isEqualTo("202");
            assertThat(seen)
                    .extracting(Crossing::event)
                    .containsExactly(
                            Crossing.Event.SENT,
                            Crossing.Event.HANDED_OVER,
                            Crossing.Event.ANSWERED,
                            Crossing.Event.RETURNED);
            assertThat(seen).extracting(Crossing::port).containsOnly(from.get());
            assertThat(seen.get(0).request()).isEqualTo(request);
            assertThat(seen.get(0).detail()).isEqualTo("NONE");
            assertThat(ByHand.key(request)).isPresent();
        }
    }

    @Test
    void aRefusingNetworkListensAgainOnTheSamePort() throws Exception {
        int port = network.port();
        String request = notification(transferWith(Fault.NONE), "k1");
        AtomicInteger from = new AtomicInteger();

        network.refuse();
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> ByHand.send(port, request, Duration.ofSeconds(30), from::set));
        network.listen();

        assertThat(ByHand.send(port, request, Duration.ofSeconds(30), from::set).status())
                .isEqualTo("202");
    }

    @Test
    void aDroppedAnswerComesAfterTheRequestWasWorkedOn() throws Exception {
        try (Socket caller = send(notification(transferWith(Fault.DROP_ANSWER), "k1"))) {
            receiver.requests.take();

            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> caller.getInputStream().read());
        }
        assertThat(receiver.count()).isEqualTo(1);
    }

    @Test
    void aResetComesAfterTheRequestWasWorkedOn() throws Exception {
        try (Socket caller = send(notification(transferWith(Fault.RESET), "k1"))) {
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> caller.getInputStream().read())
                    .withMessageContaining("reset");
        }
        assertThat(receiver.count()).isEqualTo(1);
    }

    @Test
    void aDelayedAnswerComesAfterTheCallersPatienceIsAtItsEnd() throws Exception {
        try (Socket caller = send(notification(transferWith(Fault.DELAY), "k1"))) {
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> caller.getInputStream().read());
            caller.setSoTimeout(0);

            HttpMessage answer = HttpMessage.response(caller.getInputStream());

            assertThat(answer.text()).isEqualTo("answer 1");
        }
    }

    @Test
    void aLostRequestNeverArrives() throws Exception {
        try (Socket caller = send(notification(transferWith(Fault.LOSE_REQUEST), "k1"))) {
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> caller.getInputStream().read());
        }
        assertThat(network.met(Fault.LOSE_REQUEST)).isEqualTo(1);
        assertThat(network.underWay()).isZero();
        assertThat(receiver.count()).isZero();
    }

    @Test
    void aLateRequestArrivesAfterTheCallerGaveUp() throws Exception {
        try (Socket caller = send(notification(transferWith(Fault.LATE), "k1"))) {
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> caller.getInputStream().read());
        }

        assertThat(receiver.requests.take()).startsWith("POST /api/notifications");
    }

    @Test
    void aDoubledRequestArrivesTwiceAndIsAnsweredOnce() throws Exception {
        String request = notification(transferWith(Fault.DUPLICATE), "k1");

        String answer = exchange(request);

        assertThat(answer).contains("answer ");
        assertThat(receiver.requests.take()).isEqualTo(request);
        assertThat(receiver.requests.take()).isEqualTo(request);
    }

    @Test
    void theSecondAttemptOfATransferMeetsTheSecondFault() throws Exception {
        int transfer = IntStream.iterate(1, n -> n + 1)
                .filter(n -> PLAN.fault(n, 1) == Fault.NONE && PLAN.fault(n, 2) == Fault.RESET)
                .findFirst()
                .orElseThrow();
        exchange(notification(transfer, "k1"));

        assertThatIOException().isThrownBy(() -> exchange(notification(transfer, "k1")));
    }

    @Test
    void anotherLaneMeetsTheSameFaultsFromItsFirstAttemptOn() throws Exception {
        int transfer = transferWith(Fault.NONE);
        exchange(notification(transfer, "k1"));

        exchange(notification(transfer, "k2").replace("lane-", "kane-"));

        assertThat(network.met(Fault.NONE)).isEqualTo(2);
    }

    @Test
    void aQueryIsAFurtherAttemptOfTheCallWhoseKeyItCarries() throws Exception {
        int transfer = IntStream.iterate(1, n -> n + 1)
                .filter(n -> PLAN.fault(n, 1) == Fault.NONE && PLAN.fault(n, 2) == Fault.RESET)
                .findFirst()
                .orElseThrow();
        exchange(notification(transfer, "k1"));
        String query = "GET /nodoubt/outcome HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k1\r\n\r\n";

        assertThatIOException().isThrownBy(() -> exchange(query));
    }

    @Test
    void whatBelongsToNoTransferPasses() throws Exception {
        for (int i = 1; i <= 50; i++) {
            assertThat(exchange("GET /actuator/health HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .endsWith("answer " + i);
        }
    }

    @Test
    void aReceiverThatIsDownIsNoAnswer() throws Exception {
        receiver.close();

        assertThatIOException().isThrownBy(() -> exchange(notification(transferWith(Fault.NONE), "k1")));
    }

    private static int transferWith(Fault fault) {
        return IntStream.iterate(1, n -> n + 1)
                .filter(n -> PLAN.fault(n, 1) == fault)
                .findFirst()
                .orElseThrow();
    }

    private static String notification(int transfer, String key) {
        String body = "{\"to\":\"a@example.com\",\"text\":\"#%06d coffee\",\"transferId\":\"lane-%d\"}"
                .formatted(transfer, transfer);
        return "POST /api/notifications HTTP/1.1\r\nHost: x\r\nIdempotency-Key: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(key, body.length(), body);
    }

    private Socket send(String request) throws IOException {
        Socket caller = new Socket(InetAddress.getLoopbackAddress(), network.port());
        caller.setSoTimeout((int) PATIENCE.toMillis());
        caller.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return caller;
    }

    private String exchange(String request) throws IOException {
        try (Socket caller = send(request)) {
            caller.setSoTimeout(0);
            return new String(HttpMessage.response(caller.getInputStream()).bytes(), StandardCharsets.UTF_8);
        }
    }
}
