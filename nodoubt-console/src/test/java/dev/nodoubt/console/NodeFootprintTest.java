package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.spring.DurableCalls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What docs/monitoring says that a node adds, measured: an application with everything beside the same one without. */
class NodeFootprintTest {

    private static final Pattern ROW = Pattern.compile("\\| `([a-z.-]+)` \\| (\\d+) \\| (\\d+) \\|");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");
    private static final int CALLS = 300;

    private static final Set<String> OF_OTHERS = new HashSet<>();
    private static final Set<Thread> EARLIER = new HashSet<>();
    private static Site site;
    private static BorrowedConnections connections;

    @SpringBootConfiguration
    @Import(Site.Application.class)
    static class Node {

        @Bean
        SimpleMeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        static BeanPostProcessor counting() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source ? new BorrowedConnections(source) : bean;
                }
            };
        }
    }

    @BeforeAll
    static void start() throws SQLException {
        try (Site without = Site.start("spring.autoconfigure.exclude=" + autoConfigurations())) {
            without.get("");
            connect(without.bean(DataSource.class));
            OF_OTHERS.addAll(threads().keySet());
            OF_OTHERS.add("awaitility-thread");
            OF_OTHERS.add("PostgreSQL-JDBC-SharedTimer"); // one a process, which an earlier test may have started
        }
        EARLIER.addAll(Thread.getAllStackTraces().keySet());
        site = Site.start(Node.class, "nodoubt.console.live.every=1s");
        connections = (BorrowedConnections) site.bean(DataSource.class);
        site.bean(Live.class).watch();
        TransactionTemplate transaction = new TransactionTemplate(site.bean(PlatformTransactionManager.class));
        for (int i = 0; i < CALLS; i++) {
            transaction.executeWithoutResult(
                    status -> site.bean(DurableCalls.class).send(Call.post("mail", "/mails", Payload.json("{}"))));
        }
        CallQuery executed = CallQuery.NEWEST.in(CallState.EXECUTED).limit(CALLS);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> site.bean(Outbox.class).search(executed).size() == CALLS);
    }

    /** So that the pool has its threads. */
    private static void connect(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.isValid(10)).isTrue();
        }
    }

    private static String autoConfigurations() {
        return ImportCandidates.load(AutoConfiguration.class, null).getCandidates().stream()
                .filter(name -> name.startsWith("dev.nodoubt."))
                .collect(Collectors.joining(","));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.ko.md"})
    void a_node_adds_the_threads_that_the_page_lists_and_no_others(String page) {
        Map<String, Integer> listed = column(page, 2);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Map<String, Integer> added = threads();
            added.keySet().removeAll(OF_OTHERS);
            assertThat(added).isEqualTo(listed);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.ko.md"})
    void they_have_at_most_the_connections_that_the_page_lists(String page) {
        Map<String, Integer> listed = column(page, 3);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Map<String, Integer> most = connections.most();
            assertThat(listed)
                    .allSatisfy((name, count) ->
                            assertThat(most.getOrDefault(name, 0)).as(name).isBetween(Math.min(count, 1), count));
        });
    }

    @Test
    void at_rest_no_connection_is_kept() {
        await().atMost(Duration.ofSeconds(30)).until(() -> connections.inHands() == 0);
    }

    /** Those that were started since the last site, counted by their names. */
    private static Map<String, Integer> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && !EARLIER.contains(thread))
                .collect(Collectors.toMap(
                        thread -> withoutNumbers(thread.getName()), thread -> 1, Integer::sum, TreeMap::new));
    }

    static String withoutNumbers(String name) {
        return NUMBER.matcher(name).replaceAll("");
    }

    private static Map<String, Integer> column(String page, int column) {
        try {
            return ROW.matcher(Files.readString(Path.of("..", "docs", "monitoring", page)))
                    .results()
                    .collect(Collectors.toMap(
                            row -> row.group(1), row -> number(row, column), Integer::sum, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(MatchResult row, int column) {
        return Integer.parseInt(row.group(column));
    }
}
