package dev.nodoubt.test;

import static dev.nodoubt.test.Sql.execute;
import static dev.nodoubt.test.Sql.read;
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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every embedded server does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EmbeddedServerContract {

    private final ServerUnderTest kind;
    private EmbeddedServer shared;

    @TempDir
    Path directory;

    EmbeddedServerContract(ServerUnderTest kind) {
        this.kind = kind;
    }

    @BeforeAll
    void start() {
        shared = kind.start();
    }

    @AfterAll
    void stop() {
        shared.close();
    }

    @Test
    void aThrowAwayServerTakesSettingsAndLeavesNothing() throws SQLException {
        EmbeddedServer server = kind.start(settings());
        DataSource database = server.dataSource(kind.firstDatabase());
        Path data = Path.of(read(database, kind.dataDirectory()));
        long pid = server.pid();
        for (Map.Entry<String, String> setting : settings().entrySet()) {
            assertThat(read(database, kind.question(setting.getKey()))).isEqualTo(setting.getValue());
        }

        server.close();
        server.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(data.resolveSibling("")).doesNotExist();
        assertThatThrownBy(server::restart)
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
        assertThat(read(shared.dataSource(kind.firstDatabase()), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void keptDataAreContinuedInAPathWithASpace() throws SQLException {
        Path data = directory.resolve("my data/shop");
        try (EmbeddedServer server = kind.start(data, 0)) {
            execute(server.createDatabase("shop"), "CREATE TABLE sale AS SELECT 7 AS id");
        }

        try (EmbeddedServer server = kind.start(data, 0)) {
            assertThat(read(server.createDatabase("shop"), "SELECT id FROM sale"))
                    .isEqualTo("7");
        }

        assertThat(directory.resolve("my data")).isDirectoryNotContaining("glob:**.new");
        assertThat(directory.resolve("my data/shop.log")).isNotEmptyFile();
    }

    @Test
    void dataThatWereHalfMadeAreMadeAnew() throws Exception {
        Path data = directory.resolve("data");
        Files.createDirectories(directory.resolve("data.new/mysql"));
        Files.writeString(directory.resolve("data.new/PG_VERSION"), "18\n");

        try (EmbeddedServer server = kind.start(data, 0)) {
            assertThat(read(server.dataSource(kind.firstDatabase()), "SELECT 1"))
                    .isEqualTo("1");
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> kind.start(directory.resolve("data"), taken.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void aServerThatDoesNotStartShowsTheEndOfItsLog() {
        assertThatThrownBy(() -> kind.start(Map.of(refusedSetting().setting(), "plenty")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not start")
                .hasMessageContaining(refusedSetting().log());
    }

    @Test
    void nobodyEntersWithoutThePassword() {
        String withAGuess = shared.jdbcUrl(kind.firstDatabase()).replaceFirst("&password=.*", "&password=guess");

        assertThatThrownBy(() -> DriverManager.getConnection(withAGuess))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(refusedPassword());
    }

    @Test
    void foreignFilesAreNotTakenForData() throws Exception {
        Files.writeString(Files.createDirectory(directory.resolve("data")).resolve("thesis.txt"), "precious");

        assertThatThrownBy(() -> kind.start(directory.resolve("data"), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(directory.resolve("data") + " holds other files");
        assertThat(directory.resolve("data/thesis.txt")).hasContent("precious");
    }

    @Test
    void badNamesAreRefused() {
        assertThatThrownBy(() -> kind.start(Map.of("fsync = off; x", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("setting name");
        assertThatThrownBy(() -> shared.createDatabase("shop\"; DROP"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("database name");
    }

    /** Settings that are not the default ones. */
    abstract Map<String, String> settings();

    /** A setting that cannot be {@code plenty}, and what the server's log says then. */
    abstract Refusal refusedSetting();

    /** What the server says of a wrong password. */
    abstract String refusedPassword();

    record Refusal(String setting, String log) {}

    final EmbeddedServer shared() {
        return shared;
    }
}
