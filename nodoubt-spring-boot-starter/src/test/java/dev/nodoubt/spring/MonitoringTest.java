package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallState;
import dev.nodoubt.test.Fault;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.FileSystemResource;

/** What docs/monitoring says against the metrics that applications really have once everything has happened to them. */
class MonitoringTest {

    private static final Path DOCS = Path.of("..", "docs", "monitoring");
    private static final Pattern ROW = Pattern.compile("^\\| `(nodoubt[a-z.]+)` \\| ([a-z ]+) \\| ([^|]*)\\| .+ \\|$");
    private static final Pattern CODE = Pattern.compile("`([a-z.]+)`");

    private static MonitoredApplications applications;
    private static Exposition exposition;

    /** A metric: the kind of its meters, and the tags that all of them have. */
    private record Metric(String type, Set<String> tags) {}

    @BeforeAll
    static void letEverythingHappen() {
        applications = new MonitoredApplications();
        settle("pen", CallState.EXECUTED);
        settle("scarce", CallState.REJECTED);
        applications.await(
                applications.commit(
                        MonitoredApplications.order("orders", "booked").withHandler("booked")),
                CallState.EXECUTED);
        loseAnswer("orders", "lost and found", CallState.EXECUTED);
        loseAnswer("legacy", "lost", CallState.UNRESOLVED);
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        scrape(applications.callerPort()).contains("nodoubt_call_unresolved_total{target=\"legacy\"}"));
        exposition = Exposition.of(List.of(scrape(applications.callerPort()), scrape(applications.receiverPort())));
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    private static void settle(String item, CallState end) {
        applications.await(applications.commit(MonitoredApplications.order("orders", item)), end);
    }

    private static void loseAnswer(String target, String item, CallState end) {
        applications.network.cutAll();
        applications.network.plan(Fault.RESET_ON_ANSWER);
        int before = applications.network.connections();
        IdempotencyKey key = applications.commit(MonitoredApplications.order(target, item));
        await().atMost(Duration.ofSeconds(30)).until(() -> applications.network.connections() > before);
        if (end == CallState.UNRESOLVED) {
            applications.await(key, end);
        } else {
            applications.await(key, CallState.IN_DOUBT);
        }
        applications.network.plan(Fault.PASS);
        applications.await(key, end);
    }

    private static String scrape(int port) {
        return new Caller(port)
                .send("GET", "/actuator/prometheus", "text/plain", "")
                .body();
    }

    private static Map<String, Metric> real() {
        Map<String, Metric> real = new TreeMap<>();
        for (ConfigurableApplicationContext application : List.of(applications.caller, applications.receiver)) {
            for (Meter meter : application.getBean(MeterRegistry.class).getMeters()) {
                Meter.Id id = meter.getId();
                if (id.getName().startsWith("nodoubt")) {
                    Set<String> tags = new TreeSet<>();
                    id.getTags().forEach(tag -> tags.add(tag.getKey()));
                    Metric metric = new Metric(
                            id.getType().name().toLowerCase(Locale.ROOT).replace('_', ' '), tags);
                    Metric other = real.putIfAbsent(id.getName(), metric);
                    assertThat(other == null ? metric : other).as(id.getName()).isEqualTo(metric);
                }
            }
        }
        return real;
    }

    private static Map<String, Metric> documented(String page) throws IOException {
        Map<String, Metric> documented = new TreeMap<>();
        for (String line : Files.readAllLines(DOCS.resolve(page))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> tags = new TreeSet<>();
                CODE.matcher(row.group(3)).results().forEach(tag -> tags.add(tag.group(1)));
                documented.put(row.group(1), new Metric(row.group(2), tags));
            }
        }
        return documented;
    }

    @Test
    void bothPagesNameEveryMetricThatAppearsWithItsTypeAndTagsAndNoOther() throws IOException {
        assertThat(documented("README.md")).isEqualTo(real());
        assertThat(documented("README.ko.md")).isEqualTo(real());
    }

    @Test
    void noTagHasAKeyAPathOrACaller() {
        Set<String> values = new TreeSet<>();
        exposition.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().startsWith("nodoubt"))
                .flatMap(metric -> metric.getValue().values().stream())
                .forEach(values::addAll);

        assertThat(values).isNotEmpty().allMatch(value -> value.matches("[A-Za-z-]{1,30}"));
    }

    @Test
    void theDashboardAsksOnlyForWhatExists() throws IOException {
        String json = Files.readString(DOCS.resolve("grafana-dashboard.json"));

        List<PromQl> asked =
                expressions(JsonParserFactory.getJsonParser().parseMap(json)).toList();

        assertThat(asked).hasSizeGreaterThan(20);
        assertThat(asked.stream().flatMap(expression -> expression.unknown(exposition).stream()))
                .isEmpty();
    }

    @Test
    void theAlertsAskOnlyForWhatExists() {
        YamlMapFactoryBean yaml = new YamlMapFactoryBean();
        yaml.setResources(new FileSystemResource(DOCS.resolve("alerts.yml")));

        List<PromQl> asked =
                expressions(Objects.requireNonNull(yaml.getObject())).toList();

        assertThat(asked)
                .hasSizeGreaterThan(10)
                .allMatch(expression -> !expression.metrics().isEmpty());
        assertThat(asked.stream().flatMap(expression -> expression.unknown(exposition).stream()))
                .isEmpty();
    }

    @Test
    void whatDoesNotExistIsFound() {
        List<String> wrong = new ArrayList<>();
        wrong.addAll(new PromQl("sum(nodoubt_call_openn)").unknown(exposition));
        wrong.addAll(new PromQl("nodoubt_call_open{colour=\"red\"}").unknown(exposition));
        wrong.addAll(new PromQl("nodoubt_call_open{state=\"lost\"}").unknown(exposition));
        wrong.addAll(new PromQl("max by (target) (nodoubt_call_lease)").unknown(exposition));

        assertThat(wrong).hasSize(4);
    }

    private static Stream<PromQl> expressions(Object node) {
        if (node instanceof Map<?, ?> map) {
            Stream<PromQl> own = map.get("expr") instanceof String text ? Stream.of(new PromQl(text)) : Stream.of();
            return Stream.concat(own, map.values().stream().flatMap(MonitoringTest::expressions));
        }
        return node instanceof Collection<?> list ? list.stream().flatMap(MonitoringTest::expressions) : Stream.of();
    }
}
