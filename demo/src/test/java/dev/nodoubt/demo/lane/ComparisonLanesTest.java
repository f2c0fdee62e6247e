package dev.nodoubt.demo.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nodoubt.test.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a mail service that takes every mail, and answers only for transfers with an even number. */
@Timeout(120)
class ComparisonLanesTest {

    private static final Pace PACE = new Pace(
            Duration.ofSeconds(5),
            Duration.ofMillis(300),
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            20,
            Duration.ofSeconds(1));
    private static final Settling NOTHING_ELSE = new Settling(List.of(), Duration.ofMinutes(1));

    private static EmbeddedPostgres postgres;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer mail;
    private URI address;
    private DataSource database;

    @BeforeAll
    static void startDatabase() {
        postgres = EmbeddedPostgres.start(Map.of("fsync", "off"));
    }

    @AfterAll
    static void stopDatabase() {
        postgres.close();
    }

    @BeforeEach
    void start() throws IOException {
        database = postgres.createDatabase("ledger");
        mail = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = URI.create("http://127.0.0.1:" + mail.getAddress().getPort() + "/");
        mail.createContext("/api/notifications", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(body);
            if (body.matches(".*\"transferId\":\"[a-z]+-\\d*[02468]\".*")) {
                exchange.sendResponseHeaders(202, -1);
                exchange.close();
            }
        });
        mail.start();
    }

    @AfterEach
    void stop() {
        mail.stop(0);
    }

    @Test
    void theNaiveLaneRollsBackTransfersWhoseMailWentOut() throws Exception {
        Lane lane = new NaiveLane(database, address, PACE);

        run(lane, 4);

        assertThat(lane.books()).isEqualTo(new Lane.Books(Set.of("naive-000002", "naive-000004"), 2));
        assertThat(received).hasSize(4);
    }

    @Test
    void theSeparateLaneCommitsAndKeepsItsDoubts() throws Exception {
        Lane lane = AfterCommitLane.separate(database, address, PACE);

        run(lane, 4);

        assertThat(lane.books().committed()).hasSize(4);
        assertThat(lane.books().inDoubt()).isEqualTo(2);
        assertThat(received).hasSize(4);
    }

    @Test
    void theRetryLaneSendsUpToFiveTimes() throws Exception {
        Lane lane = AfterCommitLane.retry(database, address, PACE);

        run(lane, 2);

        assertThat(received).filteredOn(body -> body.contains("retry-000001")).hasSize(5);
        assertThat(received).filteredOn(body -> body.contains("retry-000002")).hasSize(1);
        assertThat(lane.books().inDoubt()).isEqualTo(1);
    }

    @Test
    void whatNeverReachedTheServiceIsNoDoubt() throws Exception {
        mail.stop(0);
        Lane lane = AfterCommitLane.separate(database, address, PACE);

        run(lane, 2);

        assertThat(lane.books().inDoubt()).isZero();
    }

    @Test
    void theMoneyOfARunMovesAndALaterRunBeginsAfresh() throws Exception {
        Lane lane = AfterCommitLane.separate(database, address, PACE);
        run(lane, 4);

        assertThat(balance("Ada")).isEqualByComparingTo("1.00");

        lane.open(input(2));
        assertThat(lane.books()).isEqualTo(new Lane.Books(Set.of(), 0));
    }

    @Test
    void aMailCarriesTheNumberByWhichTheNetworkKnowsIt() throws Exception {
        run(new NaiveLane(database, address, PACE), 2);

        assertThat(received)
                .anySatisfy(body -> assertThat(body)
                        .contains("\"to\":\"person0002@example.com\"")
                        .contains("\"text\":\"#000002 점심값\"")
                        .contains("\"transferId\":\"naive-000002\""));
    }

    @Test
    void aLaneOwnsItsOwnMailsOnly() {
        Lane lane = AfterCommitLane.separate(database, address, PACE);

        assertThat(lane.owns("separate-000001")).isTrue();
        assertThat(lane.owns("naive-000001")).isFalse();
        assertThat(lane.owns("")).isFalse();
    }

    private static void run(Lane lane, int transfers) throws Exception {
        lane.open(input(transfers));
        LaneRunner runner = new LaneRunner(lane, input(transfers), 2);
        LaneRun run = runner.run(NOTHING_ELSE);
        assertThat(runner.done()).isEqualTo(transfers);
        assertThat(run.latencies()).hasSize(transfers).doesNotContain(0L);
    }

    /** Ada pays Bob 1, 2, 3, … */
    private static List<Transfer> input(int transfers) {
        return IntStream.rangeClosed(1, transfers)
                .mapToObj(n -> new Transfer(n, "Ada", "Bob", BigDecimal.valueOf(n), "점심값"))
                .toList();
    }

    private BigDecimal balance(String name) throws SQLException {
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement("SELECT balance FROM account WHERE name = ?")) {
            select.setString(1, name);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getBigDecimal(1);
            }
        }
    }
}
