package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.jdbc.JdbcCallStore;
import dev.nodoubt.jdbc.Schema;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Tables of version 2, with what stands in them, become those of version 3. */
class CallSchemaUpgradeTest {

    private static final Pattern END_OF_STATEMENT = Pattern.compile("(?<=;)\\n");

    private static final String WAITING = """
            INSERT INTO nodoubt_call (key, incarnation, state, attempts, cancelled, recorded_at, next_at, deadline_at,
                                      target, method, path, media_type, body, body_sha256, last)
            VALUES ('%s', 0, '%s', 1, false, now(), now(), now() + interval '1 hour',
                    'mail', 'POST', '/', '', '', sha256(''), '')
            """;

    private static final String SETTLED = """
            INSERT INTO nodoubt_settled (key, state, why, attempts, recorded_at, settled_at, target, method, path)
            VALUES ('%s', 'never', 'FENCED', 1, now(), now(), 'mail', 'POST', '/')
            """;

    private static UUID newKey() {
        return IdempotencyKey.create(Instant.now()).uuid().orElseThrow();
    }

    private static void makeVersion2(DataSource database, String product) throws SQLException {
        String all = Schema.sql(product, 0);
        String before = all.substring(0, all.length() - Schema.sql(product, 2).length());
        for (String statement : END_OF_STATEMENT.splitAsStream(before).toList()) {
            if (!statement.isBlank()) {
                Sql.execute(database, statement);
            }
        }
    }

    @Test
    void calls_recorded_before_the_upgrade_are_worked_on_after_it() throws SQLException {
        DataSource database = SharedPostgres.server().createDatabase("calls_of_version_2");
        makeVersion2(database, "postgresql");
        UUID settled = newKey();
        Sql.execute(database, WAITING.formatted(newKey(), "waiting"));
        Sql.execute(database, WAITING.formatted(newKey(), "in-doubt"));
        Sql.execute(database, SETTLED.formatted(settled));

        new Schema(database).create();

        CallStore store = new JdbcCallStore(database);
        long me = store.join("new", Duration.ofMinutes(1)).incarnation();
        Set<String> targets = Set.of("mail");
        assertThat(store.takeOver(me, new CallStore.Known(targets, Set.of(), Set.of()), 10))
                .isEqualTo(2);
        List<OpenCall> due = store.due(me, new CallStore.Wish("mail", Set.of(), CallStore.Wanted.ALL, null, 10));
        assertThat(due).extracting(call -> call.progress().state().word()).containsOnly("waiting", "in-doubt");
        assertThat(store.find(IdempotencyKey.of(settled)))
                .map(RecordedCall::settled)
                .isPresent();
    }

    @Test
    void a_receivers_tables_on_h2_become_a_callers_too() throws SQLException {
        DataSource database = SharedH2.empty("calls_of_version_2");
        makeVersion2(database, "h2");

        new Schema(database).create();

        assertThat(new JdbcCallStore(database)
                        .join("new", Duration.ofMinutes(1))
                        .incarnation())
                .isPositive();
    }

    @NeedsMariaDb
    @Test
    void a_receivers_tables_on_mariadb_become_a_callers_too() throws SQLException {
        DataSource database = SharedMariaDb.database("calls_of_version_2");
        makeVersion2(database, "mariadb");

        new Schema(database).create();
        new Schema(database).create();

        assertThat(new JdbcCallStore(database)
                        .join("new", Duration.ofMinutes(1))
                        .incarnation())
                .isPositive();
    }
}
