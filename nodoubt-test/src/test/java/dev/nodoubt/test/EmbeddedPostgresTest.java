package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    private static EmbeddedPostgres shared;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        shared = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() {
        shared.close();
    }

    @Test
    void itsSettingsAreTheDurableOnes() throws SQLException {
        DataSource database = shared.dataSource("postgres");

        assertThat(read(database, "SHOW server_version")).startsWith("18.");
        assertThat(read(database, "SHOW fsync")).isEqualTo("on");
        assertThat(read(database, "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(read(database, "SHOW full_page_writes")).isEqualTo("on");
        assertThat(read(database, "SHOW log_timezone")).isEqualTo("UTC");
        assertThat(read(database, "SHOW server_encoding")).isEqualTo("UTF8");
    }

    @Test
    void aThrowAwayServerTakesSettingsAndLeavesNothing() throws SQLException {
        EmbeddedPostgres postgres =
                EmbeddedPostgres.start(Map.of("max_prepared_transactions", "3", "max_connections", "17"));
        DataSource database = postgres.dataSource("postgres");
        Path data = Path.of(read(database, "SHOW data_directory"));
        long pid = postgres.pid();
        assertThat(read(database, "SHOW max_prepared_transactions")).isEqualTo("3");
        assertThat(read(database, "SHOW max_connections")).isEqualTo("17");

        postgres.close();
        postgres.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(data.resolveSibling("")).doesNotExist();
        assertThatThrownBy(postgres::restart)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void acknowledgedRowsSurviveCrashesBesideOpenSessionsAndThePortStays() throws SQLException {
        DataSource shop = shared.createDatabase("shop");
        execute(shop, "CREATE TABLE sale (id int PRIMARY KEY)");
        int port = shared.port();
        for (int id = 1; id <= 5; id++) {
            long pid = shared.pid();
            try (var session = shop.getConnection();
                    var statement = session.createStatement()) {
                execute(shop, "INSERT INTO sale VALUES (" + id + ")");
                shared.crash();
                assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
                assertThatThrownBy(shop::getConnection).isInstanceOf(SQLException.class);
            }
            shared.restart();
            assertThat(shared.port()).isEqualTo(port);
            assertThat(shared.pid()).isNotEqualTo(pid);
        }

        assertThat(read(shop, "SELECT count(*) FROM sale")).isEqualTo("5");
    }

    @Test
    void aRestartOfARunningServerIsOrderly() throws SQLException {
        long pid = shared.pid();

        shared.restart();

        assertThat(shared.pid()).isNotEqualTo(pid);
        assertThat(read(shared.dataSource("postgres"), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void keptDataAreContinuedInAPathWithASpace() throws SQLException {
        Path data = directory.resolve("my data/shop");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data, 0)) {
            execute(postgres.createDatabase("shop"), "CREATE TABLE sale AS SELECT 7 AS id");
        }

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data, 0)) {
            assertThat(read(postgres.createDatabase("shop"), "SELECT id FROM sale"))
                    .isEqualTo("7");
        }

        assertThat(directory.resolve("my data")).isDirectoryNotContaining("glob:**.new");
        assertThat(directory.resolve("my data/shop.log")).isNotEmptyFile();
    }

    @Test
    void aClusterThatWasHalfMadeIsMadeAnew() throws Exception {
        Path data = directory.resolve("data");
        Files.createDirectories(directory.resolve("data.new/base"));
        Files.writeString(directory.resolve("data.new/PG_VERSION"), "18\n");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data, 0)) {
            assertThat(read(postgres.dataSource("postgres"), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory.resolve("data"), taken.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void aServerThatDoesNotStartShowsTheEndOfItsLog() {
        assertThatThrownBy(() -> EmbeddedPostgres.start(Map.of("shared_buffers", "plenty")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not start")
                .hasMessageContaining("invalid value for parameter \"shared_buffers\": \"plenty\"");
    }

    @Test
    void nobodyEntersWithoutThePassword() {
        String withAGuess = shared.jdbcUrl("postgres").replaceFirst("&password=.*", "&password=guess");

        assertThatThrownBy(() -> DriverManager.getConnection(withAGuess))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void foreignFilesAreNotTakenForData() throws Exception {
        Files.writeString(Files.createDirectory(directory.resolve("data")).resolve("thesis.txt"), "precious");

        assertThatThrownBy(() -> EmbeddedPostgres.start(directory.resolve("data"), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(directory.resolve("data") + " holds other files");
        assertThat(directory.resolve("data/thesis.txt")).hasContent("precious");
    }

    @Test
    void badNamesAreRefused() {
        assertThatThrownBy(() -> EmbeddedPostgres.start(Map.of("fsync = off; x", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("setting name");
        assertThatThrownBy(() -> shared.createDatabase("shop\"; DROP"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("database name");
    }

    static String read(DataSource database, String query) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    static void execute(DataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
