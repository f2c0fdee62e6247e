package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.gate.GateSettings;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;

class GateSettingsStartTest {

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    NodoubtSchemaAutoConfiguration.class,
                    NodoubtGateAutoConfiguration.class))
            .withPropertyValues("spring.datasource.url=" + Databases.create(), "nodoubt.schema.mode=always");

    @Test
    void aSettingThatIsRefusedNamesItsRuleItsValueAndItsBean() {
        application.withUserConfiguration(OwnSettings.class).run(context -> {
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .isEqualTo(
                            "ND-0401 The gate's settings are refused. gate: keys.window must be PT1M to PT8760H, was PT1S");
            assertThat(analysis.getAction()).startsWith("Correct bean ownSettings, defined in ");
        });
    }

    @Test
    void aSettingThatCameFromAPropertyNamesThat() {
        application
                .withUserConfiguration(SettingsOfProperties.class)
                .run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                        .isEqualTo("Correct nodoubt.gate.limits.lock-wait."));
    }

    @Test
    void otherFailuresAreLeftToOthers() {
        GateSettingsFailureAnalyzer analyzer = new GateSettingsFailureAnalyzer();

        assertThat(analyzer.analyze(new IllegalArgumentException("gate: keys.window must be something else")))
                .isNull();
    }

    /** By the analyzers that Spring Boot finds. */
    private static FailureAnalysis analysis(@Nullable Throwable failure) {
        Throwable thrown = Objects.requireNonNull(failure);
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, e) -> assertThat(name).doesNotStartWith("dev.nodoubt"))
                .stream()
                .filter(analyzer -> GateSettingsStartTest.class
                        .getPackage()
                        .equals(analyzer.getClass().getPackage()))
                .map(analyzer -> analyzer.analyze(thrown))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static GateSettings settings(Duration window, Duration lockWait) {
        return GateSettings.DEFAULT
                .with(new GateSettings.Keys(window, Duration.ZERO, true, GateSettings.ForeignKeys.REJECT))
                .with(new GateSettings.Limits(lockWait, Duration.ofSeconds(1), Duration.ZERO, 1));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnSettings {
        @Bean
        GateSettings ownSettings() {
            return settings(Duration.ofSeconds(1), Duration.ofMillis(1));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SettingsOfProperties {
        @Bean
        GateSettings nodoubtGateSettings() {
            return settings(Duration.ofDays(1), Duration.ZERO);
        }
    }
}
