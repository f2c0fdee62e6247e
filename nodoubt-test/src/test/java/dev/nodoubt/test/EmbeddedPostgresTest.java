package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest extends EmbeddedServerContract {

    EmbeddedPostgresTest() {
        super(ServerUnderTest.POSTGRES);
    }

    @Test
    void itsSettingsAreTheDurableOnes() throws SQLException {
        DataSource database = shared().dataSource("postgres");

        assertThat(Sql.read(database, "SHOW server_version")).startsWith("18.");
        assertThat(Sql.read(database, "SHOW fsync")).isEqualTo("on");
        assertThat(Sql.read(database, "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(Sql.read(database, "SHOW full_page_writes")).isEqualTo("on");
        assertThat(Sql.read(database, "SHOW log_timezone")).isEqualTo("UTC");
        assertThat(Sql.read(database, "SHOW server_encoding")).isEqualTo("UTF8");
    }

    @Override
    Map<String, String> settings() {
        return Map.of("max_prepared_transactions", "3", "max_connections", "17");
    }

    @Override
    Refusal refusedSetting() {
        return new Refusal("shared_buffers", "invalid value for parameter \"shared_buffers\": \"plenty\"");
    }

    @Override
    String refusedPassword() {
        return "password authentication failed";
    }
}
