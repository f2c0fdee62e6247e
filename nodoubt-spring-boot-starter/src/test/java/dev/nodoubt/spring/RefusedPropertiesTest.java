package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Every property with a wrong value: the start stops, and says which property, what rule, and what it was. */
class RefusedPropertiesTest {

    private static final String TARGET = "nodoubt.targets.mail.";
    private static final String QUERY = "capability=query query.processing-time=9s query.path=/{key} ";
    private static final String CANCEL = "capability=net-cancel net-cancel.path=/c net-cancel.window=1m ";

    /** Of one database for all, which none of them reaches. */
    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    NodoubtSchemaAutoConfiguration.class,
                    NodoubtGateAutoConfiguration.class,
                    NodoubtCallerAutoConfiguration.class))
            .withPropertyValues("spring.datasource.url=jdbc:h2:mem:refused", TARGET + "base-url=http://127.0.0.1:1");

    /**
     * One property.
     *
     * @param with others that give it a meaning, of the same target
     * @param shown the value as the message has it; empty where it must not be shown
     */
    record Wrong(String property, String value, String rule, String shown, String with) {

        static Wrong of(String property, String value, String rule) {
            return new Wrong(property, value, rule, value, "");
        }

        Wrong shown(String text) {
            return new Wrong(property, value, rule, text, with);
        }

        Wrong with(String others) {
            return new Wrong(property, value, rule, shown, others);
        }

        @Override
        public String toString() {
            return property + "=" + value;
        }
    }

    static List<Wrong> wrong() {
        return List.of(
                Wrong.of("nodoubt.node", "", "must be named").shown("\"\""),
                Wrong.of("nodoubt.schema.mode", "create", "").shown("create"),
                Wrong.of("nodoubt.relay.enabled", "maybe", ""),
                Wrong.of("nodoubt.relay.lease", "3s", "must be more than three times nodoubt.relay.scan")
                        .shown("PT3S"),
                Wrong.of("nodoubt.relay.scan", "0s", "must be > 0").shown("PT0S"),
                Wrong.of("nodoubt.relay.retention.settled", "0s", "must be > 0").shown("PT0S"),
                Wrong.of("nodoubt.relay.retention.business-keys", "-1s", "must be > 0")
                        .shown("PT-1S"),
                Wrong.of("nodoubt.relay.retention.audit", "0s", "must be > 0").shown("PT0S"),
                Wrong.of("nodoubt.gate.key", "sometimes", ""),
                Wrong.of("nodoubt.gate.other-managers", "ask", ""),
                Wrong.of("nodoubt.gate.keys.window", "59s", "must be PT1M to").shown("PT59S"),
                Wrong.of("nodoubt.gate.keys.skew", "-1s", "must be PT0S to").shown("PT-1S"),
                Wrong.of("nodoubt.gate.keys.bare", "maybe", ""),
                Wrong.of("nodoubt.gate.keys.foreign", "ask", ""),
                Wrong.of("nodoubt.gate.keys.canonical-json", "maybe", ""),
                Wrong.of("nodoubt.gate.keys.fingerprint-headers", "X Tenant", "must be names of HTTP headers"),
                Wrong.of("nodoubt.gate.limits.lock-wait", "3s", "must be PT0.001S to PT2S")
                        .shown("PT3S"),
                Wrong.of("nodoubt.gate.limits.transaction", "0s", "must be PT1S to")
                        .shown("PT0S"),
                Wrong.of("nodoubt.gate.limits.patience", "61s", "must be PT0S to PT1M")
                        .shown("PT1M1S"),
                Wrong.of("nodoubt.gate.limits.body", "2GB", "must be less than 2GB")
                        .shown("2147483648B"),
                Wrong.of("nodoubt.gate.replies.body", "2GB", "must be less than 2GB")
                        .shown("2147483648B"),
                Wrong.of("nodoubt.gate.replies.headers", "Set-Cookie", "must not name")
                        .shown("set-cookie"),
                Wrong.of("nodoubt.gate.retention.rows", "14d", "must be longer than keys.window + keys.skew")
                        .shown("PT336H"),
                Wrong.of("nodoubt.gate.retention.bodies", "31d", "must be").shown("PT744H"),
                Wrong.of("nodoubt.gate.retention.interval", "0s", "must be PT1S to")
                        .shown("PT0S"),
                Wrong.of("nodoubt.gate.retention.batch", "0", "must be 1 to 100000 rows"),
                Wrong.of("nodoubt.gate.quota.rows", "-1", "must be >= "),
                Wrong.of("nodoubt.gate.quota.tombstones", "-1", "must be >= "),
                ofTarget("base-url", "ftp://host", "must be http://host or https://host"),
                ofTarget("connect-timeout", "0s", "must be > 0").shown("PT0S"),
                ofTarget("socket-timeout", "0s", "must be > 0").shown("PT0S"),
                ofTarget("response-timeout", "0s", "must be > 0").shown("PT0S"),
                ofTarget("pool-wait", "0s", "must be > 0").shown("PT0S"),
                ofTarget("max-connections", "0", "must be 1 to 10000"),
                ofTarget("permits", "10001", "must be 1 to 10000"),
                ofTarget("backoff.first", "0s", "must be > 0").shown("PT0S"),
                ofTarget("backoff.cap", "1s", "must be at least first (PT2S)").shown("PT1S"),
                ofTarget("backoff.jitter", "0.6", "must be 0 to 0.5"),
                ofTarget("breaker.window", "1", "must be 2 to 10000"),
                ofTarget("breaker.open", "0s", "must be > 0").shown("PT0S"),
                ofTarget("breaker.probes", "21", "must be 1 to window (20)"),
                ofTarget("rate", "-0.5", "must be > 0"),
                ofTarget("order.stop-on", "executed", "must be of REJECTED, NEVER and UNRESOLVED")
                        .shown("EXECUTED"),
                ofTarget("credentials.bearer-token", "töken", "").shown(""),
                ofTarget("credentials.user", "shop", "must be user and password together")
                        .shown(""),
                ofTarget("credentials.password", "secret", "must be user and password together")
                        .shown(""),
                ofTarget("capability", "soap", ""),
                ofTarget("key-header", "Host", "keyHeader must be").with("capability=none"),
                ofTarget("codes.executed", "2xx", "statuses must be 200 to 599").with("capability=none"),
                ofTarget("codes.rejected", "99", "statuses must be 200 to 599").with("capability=none"),
                ofTarget("codes.not-executed", "600", "statuses must be 200 to 599")
                        .with("capability=none"),
                ofTarget("key.retention", "0s", "must be > 0").shown("PT0S").with("capability=key"),
                ofTarget("query.path", "/orders", "query.path must").with("capability=query query.processing-time=9s"),
                ofTarget("query.processing-time", "-1s", "must be > 0")
                        .shown("PT-1S")
                        .with("capability=query query.path=/{key}"),
                ofTarget("query.assume-never", "maybe", "").with(QUERY),
                ofTarget("query.executed", "x", "statuses must be").with(QUERY),
                ofTarget("query.rejected", "x", "statuses must be").with(QUERY),
                ofTarget("query.pending", "x", "statuses must be").with(QUERY),
                ofTarget("query.absent", "x", "statuses must be").with(QUERY),
                ofTarget("net-cancel.path", "c", "path must").with("capability=net-cancel net-cancel.window=1m"),
                ofTarget("net-cancel.after", "-1s", "must be >= 0")
                        .shown("PT-1S")
                        .with(CANCEL),
                ofTarget("net-cancel.window", "2s", "must be more than after (PT3S)")
                        .shown("PT2S")
                        .with("capability=net-cancel net-cancel.path=/c"),
                ofTarget("net-cancel.cancelled", "x", "statuses must be").with(CANCEL),
                ofTarget("net-cancel.executed", "x", "statuses must be").with(CANCEL),
                ofTarget("net-cancel.absent", "x", "statuses must be").with(CANCEL));
    }

    private static Wrong ofTarget(String property, String value, String rule) {
        return Wrong.of(TARGET + property, value, rule);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongValueStopsTheStartAndIsToldWithPropertyAndRule(Wrong wrong) {
        String[] others =
                wrong.with().isEmpty() ? new String[0] : wrong.with().strip().split(" ");
        for (int i = 0; i < others.length; i++) {
            others[i] = TARGET + others[i];
        }
        application
                .withPropertyValues(others)
                .withPropertyValues(wrong.property() + "=" + wrong.value())
                .run(context -> {
                    String told = told(context);
                    String property = wrong.property();
                    String group = property.substring(0, property.lastIndexOf('.'));
                    assertThat(told).contains(group).contains(wrong.rule());
                    assertThat(told).contains(property.substring(group.length() + 1));
                    if (wrong.shown().isEmpty()) {
                        assertThat(told).doesNotContain("\"" + wrong.value() + "\"", "was " + wrong.value());
                    } else {
                        assertThat(told).contains(wrong.shown());
                    }
                });
    }

    @Test
    void everyPropertyIsTried() {
        Set<String> tried = wrong().stream().map(Wrong::property).collect(Collectors.toSet());

        assertThat(DescribedProperties.names("mail")).containsExactlyInAnyOrderElementsOf(tried);
    }

    /** What a person reads, by the analyzers that Spring Boot finds. */
    private static String told(AssertableWebApplicationContext context) {
        assertThat(context).hasFailed();
        Throwable failure = Objects.requireNonNull(context.getStartupFailure());
        SpringFactoriesLoader.ArgumentResolver none = SpringFactoriesLoader.ArgumentResolver.of(
                        Environment.class, new StandardEnvironment())
                .and(BeanFactory.class, new DefaultListableBeanFactory());
        FailureAnalysis analysis = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, none, SpringFactoriesLoader.FailureHandler.throwing())
                .stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no analysis", failure));
        return analysis.getDescription() + "\n" + analysis.getAction();
    }
}
