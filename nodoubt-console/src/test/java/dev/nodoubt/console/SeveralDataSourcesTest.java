package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.OutcomeHandler;
import dev.nodoubt.jdbc.Schema;
import dev.nodoubt.spring.NodoubtDataSource;
import java.net.http.HttpResponse;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** In an application with several data sources: the console reads and acts where nodoubt's tables are, and only there. */
class SeveralDataSourcesTest {

    private static Site site;
    private static Seeds seeds;
    private static JdbcTemplate reports;

    @BeforeAll
    static void start() {
        site = Site.start(Application.class, "nodoubt.console.access.loopback=act");
        seeds = new Seeds(site.bean(Sources.class).orders);
        reports = new JdbcTemplate(site.bean(Sources.class).reports);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void pagesShowTheQualifiedDataSource() {
        assertThat(site.get("/calls").body()).contains(seeds.key("doubt").value());
        assertThat(site.get("/calls/" + seeds.key("doubt").value()).body())
                .contains("This application is the receiver too");
        assertThat(site.get("/receiver?scope=brokerage").body()).contains("given up at its deadline");
        assertThat(reports.queryForObject("SELECT count(*) FROM nodoubt_call", Long.class))
                .isZero();
    }

    @Test
    void actionsAndTheirAuditAreThereToo() {
        HttpResponse<String> answer =
                site.post("/calls/" + seeds.key("old-doubt").value() + "/fence", fence("old-doubt"));

        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("said=fence.done");
        assertThat(audited(seeds.jdbc(), "fence")).isEqualTo(1);
        assertThat(audited(reports, "fence")).isZero();
    }

    private static Map<String, String> fence(String name) {
        return Map.of("typed", seeds.key(name).value(), "reason", "too late");
    }

    @Test
    void handlerOfWhatIsSettledByHandRunsInTheQualifiedManagersTransaction() {
        seeds.jdbc()
                .update(
                        "UPDATE nodoubt_call SET handler = 'book' WHERE call_key = ?",
                        seeds.key("person").uuid().orElseThrow());

        site.post(
                "/calls/" + seeds.key("person").value() + "/settle",
                Map.of("outcome", "executed", "reason", "their ticket 4711"));

        assertThat(site.bean(Outbox.class)
                        .find(seeds.key("person"))
                        .orElseThrow()
                        .state())
                .isEqualTo(CallState.EXECUTED);
        assertThat(seeds.jdbc().queryForObject("SELECT bound FROM booked", Boolean.class))
                .isTrue();
        assertThat(audited(seeds.jdbc(), "settle")).isEqualTo(1);
        assertThat(audited(reports, "settle")).isZero();
    }

    private static long audited(JdbcTemplate in, String action) {
        Long count = in.queryForObject("SELECT count(*) FROM nodoubt_audit WHERE action = ?", Long.class, action);
        return count == null ? 0 : count;
    }

    /** Both have the tables, so that a console on the wrong one would find none of the rows and yet not fail. */
    record Sources(DataSource orders, DataSource reports) {}

    @SpringBootConfiguration
    @Import(Site.Application.class)
    static class Application {

        @Bean
        @NodoubtDataSource
        DataSource orders() {
            return database();
        }

        @Bean
        @Primary
        DataSource reports() {
            DataSource reports = database();
            new Schema(reports).create();
            return reports;
        }

        private static DataSource database() {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setURL(Databases.create());
            return dataSource;
        }

        @Bean
        Sources sources(@NodoubtDataSource DataSource orders, DataSource reports) {
            return new Sources(orders, reports);
        }

        @Bean
        @NodoubtDataSource
        PlatformTransactionManager ordersManager(@NodoubtDataSource DataSource orders) {
            return new JdbcTransactionManager(orders);
        }

        @Bean
        @Primary
        PlatformTransactionManager reportsManager(DataSource reports) {
            return new JdbcTransactionManager(reports);
        }

        @Bean
        OutcomeHandler book(@NodoubtDataSource DataSource orders) {
            return (transaction, call) -> {
                boolean bound = TransactionSynchronizationManager.hasResource(orders);
                try (Statement statement = transaction.createStatement()) {
                    statement.execute("CREATE TABLE booked (bound boolean)");
                    statement.execute("INSERT INTO booked VALUES (" + bound + ")");
                }
            };
        }
    }
}
