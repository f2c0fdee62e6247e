package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.jdbc.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who makes the tables: the library, the application's migrations, nobody. */
class SchemaModesTest {

    private static final String ALWAYS = "nodoubt.schema.mode=always";
    private static final String OWN_TABLE = "CREATE TABLE account (id int PRIMARY KEY);\n";

    private final ApplicationContextRunner postgres = runner(Databases.create());

    @TempDir
    private Path migrations;

    private static ApplicationContextRunner runner(String database) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        FlywayAutoConfiguration.class,
                        LiquibaseAutoConfiguration.class,
                        NodoubtSchemaAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=" + database,
                        "spring.flyway.enabled=false",
                        "spring.liquibase.enabled=false");
    }

    @Test
    void anEmbeddedDatabaseGetsItsTablesByItself() {
        runner("jdbc:h2:mem:" + UUID.randomUUID()).run(context -> {
            assertThat(context).hasNotFailed();
            new Schema(context.getBean(DataSource.class)).validate();
        });
    }

    @Test
    void aDatabaseOfH2ThatOutlivesTheApplicationIsNoEmbeddedOne() {
        runner("jdbc:h2:file:" + migrations.resolve("file"))
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("nodoubt's tables are missing"));
    }

    @Test
    void aRealDatabaseWithoutTablesStopsTheStartWithTheWaysToMakeThem() {
        postgres.run(context -> {
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .matches("ND-0301 nodoubt's tables are missing in database test\\d+\\.");
            assertThat(analysis.getAction())
                    .contains(ALWAYS, "db/migration", "Liquibase", "java -cp nodoubt.jar dev.nodoubt.jdbc.Schema")
                    .endsWith("\n" + Schema.sql("postgresql", 0));
        });
        postgres.withPropertyValues(ALWAYS).run(context -> assertThat(context).hasNotFailed());
        postgres.run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void oldTablesStopTheStartWithTheSqlThatBringsThemToThisVersion() {
        postgres.withPropertyValues(ALWAYS)
                .run(context -> JdbcClient.create(context.getBean(DataSource.class))
                        .sql("DELETE FROM nodoubt_schema WHERE version = ?")
                        .param(Schema.VERSION)
                        .update());

        postgres.run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                .endsWith("\n" + Schema.sql("postgresql", Schema.VERSION - 1)));
    }

    @Test
    void neverLooksAtNothing() {
        postgres.withPropertyValues("nodoubt.schema.mode=never")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void validateRefusesAnEmbeddedDatabaseToo() {
        runner("jdbc:h2:mem:" + UUID.randomUUID())
                .withPropertyValues("nodoubt.schema.mode=validate")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void theTablesOfAFlywayMigrationAreThereWhenTheyAreValidated() throws IOException {
        write("V1__own.sql", OWN_TABLE);
        write("V2__nodoubt.sql", Schema.sql("postgresql", 0));

        flyway().run(context -> assertThat(context).hasNotFailed());
        flyway().run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void theLibraryMakesItsTablesAfterFlywayWhichWantsAnEmptyDatabase() throws IOException {
        write("V1__own.sql", OWN_TABLE);

        flyway().run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                .contains("nodoubt's tables are missing"));
        flyway().withPropertyValues(ALWAYS).run(context -> assertThat(context).hasNotFailed());
        flyway().withPropertyValues(ALWAYS).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void theTablesOfALiquibaseChangeSetAreThereWhenTheyAreValidated() throws IOException {
        write("own.sql", OWN_TABLE);
        write("nodoubt.sql", Schema.sql("postgresql", 0));

        liquibase("own.sql", "nodoubt.sql").run(context -> assertThat(context).hasNotFailed());
        liquibase("own.sql", "nodoubt.sql").run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void theLibraryMakesItsTablesAfterLiquibase() throws IOException {
        write("own.sql", OWN_TABLE);

        liquibase("own.sql").withPropertyValues(ALWAYS).run(context -> {
            assertThat(context).hasNotFailed();
            new Schema(context.getBean(DataSource.class)).validate();
        });
    }

    private ApplicationContextRunner flyway() {
        return postgres.withPropertyValues(
                "spring.flyway.enabled=true", "spring.flyway.locations=filesystem:" + migrations);
    }

    private ApplicationContextRunner liquibase(String... files) throws IOException {
        StringBuilder changes = new StringBuilder("databaseChangeLog:\n");
        for (String file : files) {
            changes.append("""
                    - changeSet:
                        id: %1$s
                        author: shop
                        changes:
                          - sqlFile:
                              path: %1$s
                              relativeToChangelogFile: true
                    """.formatted(file));
        }
        Path log = write("changes.yaml", changes.toString());
        return postgres.withPropertyValues("spring.liquibase.enabled=true", "spring.liquibase.change-log=file:" + log);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(migrations.resolve(name), content);
    }

    private static FailureAnalysis analysis(@Nullable Throwable failure) {
        assertThat(failure).isNotNull();
        return Objects.requireNonNull(
                new SchemaFailureAnalyzer().analyze(Objects.requireNonNull(failure)), "another failure than expected");
    }
}
