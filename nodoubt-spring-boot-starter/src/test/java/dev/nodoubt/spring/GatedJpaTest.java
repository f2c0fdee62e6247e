package dev.nodoubt.spring;

import static dev.nodoubt.spring.Caller.newKey;
import static dev.nodoubt.spring.Caller.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.gate.Transactions;
import dev.nodoubt.spring.stock.Item;
import dev.nodoubt.spring.stock.StockApplication;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

class GatedJpaTest {

    private static ConfigurableApplicationContext application;
    private static Caller caller;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        application = new SpringApplicationBuilder(StockApplication.class)
                .run(
                        "--spring.autoconfigure.exclude=",
                        "--spring.jpa.hibernate.ddl-auto=create",
                        "--spring.datasource.url=" + Databases.create(),
                        "--spring.datasource.hikari.maximum-pool-size=5",
                        "--spring.main.banner-mode=off",
                        "--server.port=0");
        caller = new Caller(application.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
        jdbc = application.getBean(JdbcClient.class);
        jdbc.sql("CREATE TABLE note (text text NOT NULL)").update();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void effectsThroughJpaClientAndTemplateCommitWithTheKey() {
        item("cup");
        String key = newKey();

        HttpResponse<String> first = post("/take/cup", key);
        HttpResponse<String> second = post("/take/cup", key);

        assertThat(outcome(first)).isEqualTo("executed");
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(quantity("cup")).isEqualTo(9);
        assertThat(count("SELECT count(*) FROM note WHERE text LIKE 'cup by %'"))
                .isEqualTo(2);
        assertThat(application.getBean(PlatformTransactionManager.class)).isInstanceOf(JpaTransactionManager.class);
    }

    @ParameterizedTest
    @CsvSource({"mug, status, 422", "pot, exception, 409"})
    void aRejectionFlushesNothingAndIsRecorded(String item, String how, int status) {
        item(item);
        String key = newKey();
        int flushes = Item.flushes();

        HttpResponse<String> first = post("/refuse/" + item + "/" + how, key);
        HttpResponse<String> second = post("/refuse/" + item + "/" + how, key);

        assertThat(first.statusCode()).isEqualTo(status);
        assertThat(outcome(first)).isEqualTo("rejected");
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(Item.flushes()).isEqualTo(flushes);
        assertThat(quantity(item)).isEqualTo(10);
        assertThat(count("SELECT count(*) FROM item WHERE name = '" + item + " copy'"))
                .isZero();
    }

    @Test
    void aConstraintThatFailsInTheFlushOfTheCommitRecordsNothing() {
        String key = newKey();
        post("/store/bowl/top", newKey());

        HttpResponse<String> taken = post("/store/plate/top", key);
        jdbc.sql("DELETE FROM item WHERE name = 'bowl'").update();
        HttpResponse<String> free = post("/store/plate/top", key);

        assertThat(taken.statusCode()).isEqualTo(500);
        assertThat(taken.body()).contains("commit-failed");
        assertThat(outcome(taken)).isEqualTo("not-executed");
        assertThat(outcome(free)).isEqualTo("executed");
        assertThat(quantity("plate")).isOne();
    }

    @Test
    void aLostUpdateThatTheCommitDetectsRecordsNothing() {
        item("spoon");
        String key = newKey();

        HttpResponse<String> lost = post("/contend/spoon", key);
        HttpResponse<String> repeated = post("/contend/spoon", key);

        assertThat(lost.statusCode()).isEqualTo(500);
        assertThat(lost.body()).contains("commit-failed");
        assertThat(outcome(lost)).isEqualTo("not-executed");
        assertThat(outcome(repeated)).isEqualTo("executed");
        assertThat(quantity("spoon")).isEqualTo(9);
    }

    @Test
    void aLostSessionAtTheCommitIsNoRollbackForSure() throws SQLException {
        try (Transactions.Transaction transaction =
                application.getBean(Transactions.class).begin()) {
            int session =
                    jdbc.sql("SELECT pg_backend_pid()").query(Integer.class).single();
            try (Connection other = application.getBean(DataSource.class).getConnection();
                    var kill = other.prepareStatement("SELECT pg_terminate_backend(?)")) {
                kill.setInt(1, session);
                kill.execute();
            }

            assertThatThrownBy(transaction::commit)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState())
                                    .doesNotStartWith("23")
                                    .doesNotStartWith("40"));
        }
    }

    @Test
    void aRepositorysManagerIsTheOneThatSpringDataWasGiven() {
        SpringManagers managers = new SpringManagers(application.getBeanFactory());

        assertThat(managers.ofRepository("items")).isSameAs(application.getBean(PlatformTransactionManager.class));
        assertThat(managers.ofRepository("stockController")).isNull();
    }

    private static HttpResponse<String> post(String path, String key) {
        return caller.send("POST", path, "text/plain", "", "Idempotency-Key", key);
    }

    private static void item(String name) {
        jdbc.sql("INSERT INTO item (name, shelf, quantity, version) VALUES (?, ?, 10, 0)")
                .params(name, name)
                .update();
    }

    private static long quantity(String name) {
        return count("SELECT quantity FROM item WHERE name = '" + name + "'");
    }

    private static long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
