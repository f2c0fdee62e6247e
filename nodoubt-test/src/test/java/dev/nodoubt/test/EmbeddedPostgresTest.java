package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    @TempDir
    Path directory;

    @Test
    void aThrowAwayServerIsDurableAndLeavesNothing() throws SQLException {
        String dataDirectory;
        long pid;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            DataSource database = postgres.dataSource("postgres");
            pid = postgres.pid();
            dataDirectory = read(database, "SHOW data_directory");

            assertThat(read(database, "SHOW server_version")).startsWith("18.");
            assertThat(read(database, "SHOW fsync")).isEqualTo("on");
            assertThat(read(database, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(read(database, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(read(database, "SHOW log_timezone")).isEqualTo("UTC");
            assertThat(read(database, "SHOW server_encoding")).isEqualTo("UTF8");
        }

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(Path.of(dataDirectory).resolveSibling("")).doesNotExist();
    }

    @Test
    void acknowledgedRowsSurviveACrashAndARestartKeepsThePort() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            DataSource shop = postgres.createDatabase("shop");
            execute(shop, "CREATE TABLE sale (id int PRIMARY KEY)");
            execute(shop, "INSERT INTO sale SELECT generate_series(1, 1000)");
            int port = postgres.port();
            long pid = postgres.pid();

            postgres.crash();
            assertThatThrownBy(shop::getConnection).isInstanceOf(SQLException.class);
            postgres.restart();

            assertThat(postgres.port()).isEqualTo(port);
            assertThat(postgres.pid()).isNotEqualTo(pid);
            assertThat(read(shop, "SELECT count(*) FROM sale")).isEqualTo("1000");
        }
    }

    @Test
    void itCrashesTwentyTimesInARowBesideOpenSessions() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            DataSource database = postgres.dataSource("postgres");
            execute(database, "CREATE TABLE crash (n int)");
            for (int n = 1; n <= 20; n++) {
                try (var session = database.getConnection()) {
                    execute(database, "INSERT INTO crash VALUES (" + n + ")");
                    postgres.crash();
                    assertThat(session.isClosed()).isFalse();
                }
                postgres.restart();
            }

            assertThat(read(database, "SELECT count(DISTINCT n) FROM crash")).isEqualTo("20");
        }
    }

    @Test
    void aRestartOfARunningServerIsOrderly() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            long pid = postgres.pid();

            postgres.restart();

            assertThat(postgres.pid()).isNotEqualTo(pid);
            assertThat(read(postgres.dataSource("postgres"), "SELECT 1")).isEqualTo("1");
        }
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
    void settingsReachTheServer() throws SQLException {
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.start(Map.of("max_prepared_transactions", "3", "max_connections", "17"))) {
            assertThat(read(postgres.dataSource("postgres"), "SHOW max_prepared_transactions"))
                    .isEqualTo("3");
            assertThat(read(postgres.dataSource("postgres"), "SHOW max_connections"))
                    .isEqualTo("17");
        }
    }

    @Test
    void nobodyEntersWithoutThePassword() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String withoutPassword = postgres.jdbcUrl("postgres").replaceFirst("&password=.*", "&password=guess");

            assertThatThrownBy(() -> java.sql.DriverManager.getConnection(withoutPassword))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void foreignFilesAreNotTakenForData() throws Exception {
        Files.writeString(Files.createDirectory(directory.resolve("data")).resolve("thesis.txt"), "precious");

        assertThatThrownBy(() -> EmbeddedPostgres.start(directory.resolve("data"), 0))
                .hasMessageContaining(directory.resolve("data").toString());
        assertThat(directory.resolve("data/thesis.txt")).hasContent("precious");
    }

    @Test
    void badNamesAreRefused() {
        assertThatThrownBy(() -> EmbeddedPostgres.start(Map.of("fsync = off; x", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("setting name");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            assertThatThrownBy(() -> postgres.createDatabase("shop\"; DROP"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("database name");
        }
    }

    @Test
    void aClosedServerSaysSo() {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        postgres.close();
        postgres.close();

        assertThatThrownBy(postgres::restart)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
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
