package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.jdbc.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

class GateTablesStartTest {

    /** Leaves the tables to the application. */
    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    NodoubtSchemaAutoConfiguration.class,
                    NodoubtGateAutoConfiguration.class,
                    NodoubtReceiverAutoConfiguration.class))
            .withBean(Gated.class)
            .withPropertyValues("nodoubt.schema.mode=never");

    @Test
    void missingTablesStopTheStartWithTheSqlThatMakesThem() {
        application
                .withPropertyValues("spring.datasource.url=" + Databases.create())
                .run(context -> {
                    FailureAnalysis analysis = analysis(context.getStartupFailure());
                    assertThat(analysis.getDescription())
                            .contains("Gated#run", "nodoubt's tables are missing", "CREATE TABLE nodoubt_gate");
                    assertThat(analysis.getAction()).contains("Run that SQL", "nodoubt.schema.mode=always");
                });
    }

    @Test
    void aMissingColumnStopsTheStartAndIsNamed() {
        String database = Databases.create();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database);
        new Schema(source).create();
        JdbcClient.create(source)
                .sql("ALTER TABLE nodoubt_gate DROP COLUMN fingerprint")
                .update();

        application
                .withPropertyValues("spring.datasource.url=" + database)
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("nodoubt_gate.fingerprint"));
    }

    @Test
    void aDatabaseThatDoesNotAnswerDoesNotStopTheStart() {
        application
                .withPropertyValues(
                        "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
                        "spring.datasource.hikari.connection-timeout=250")
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static FailureAnalysis analysis(@Nullable Throwable failure) {
        assertThat(failure).isNotNull();
        return Objects.requireNonNull(
                new StartupFailureAnalyzer().analyze(Objects.requireNonNull(failure)), "another failure than expected");
    }

    @RestController
    static class Gated {
        @Idempotent
        @PostMapping("/x")
        void run() {}
    }
}
