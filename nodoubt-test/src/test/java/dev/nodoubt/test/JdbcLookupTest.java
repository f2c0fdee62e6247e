package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import dev.nodoubt.call.CallStoreException;
import dev.nodoubt.jdbc.JdbcLookup;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Reading a receiver's flag or log, on the databases that a caller and a receiver may share. */
class JdbcLookupTest {

    private static final String FLAG = "SELECT status FROM mail_request WHERE request_id = ?";

    @Nested
    class OnH2 extends Lookups {
        OnH2() {
            super(SharedH2.empty("lookups"), "uuid");
        }
    }

    @Nested
    class OnPostgres extends Lookups {
        OnPostgres() {
            super(SharedPostgres.server().createDatabase("lookups"), "uuid");
        }
    }

    @Nested
    @NeedsMariaDb
    class OnMariaDb extends Lookups {
        OnMariaDb() {
            super(SharedMariaDb.database("lookups"), "char(36)");
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Lookups {

        private final DataSource database;
        private final String keyType;
        private final IdempotencyKey key = IdempotencyKey.create(Instant.now());
        private final JdbcLookup flag;

        Lookups(DataSource database, String keyType) {
            this.database = database;
            this.keyType = keyType;
            this.flag = JdbcLookup.flag(database, FLAG, Set.of("DONE"), Set.of("REFUSED"));
        }

        @BeforeEach
        void aTableOfRequests() throws SQLException {
            Sql.execute(database, "DROP TABLE IF EXISTS mail_request");
            Sql.execute(
                    database, "CREATE TABLE mail_request (request_id " + keyType + " PRIMARY KEY, status varchar(10))");
        }

        private void row(String status) throws SQLException {
            Sql.execute(database, "INSERT INTO mail_request VALUES ('" + key.value() + "', '" + status + "')");
        }

        @Test
        void aFlagSaysExecutedOrRejectedWithoutAReplysBody() throws SQLException {
            row("DONE");
            assertThat(flag.find(key)).isEqualTo(new Outcome.Executed(new Reply(200, Map.of(), null)));

            Sql.execute(database, "UPDATE mail_request SET status = 'REFUSED'");
            assertThat(flag.find(key)).isEqualTo(new Outcome.Rejected(new Reply(422, Map.of(), null)));
        }

        @Test
        void noRowAndAFlagThatIsNotSetProveNothing() throws SQLException {
            assertThat(flag.find(key)).isEqualTo(new Answer.Absent());
            row("NEW");
            assertThat(flag.find(key)).isEqualTo(new Answer.Absent());
            Sql.execute(database, "UPDATE mail_request SET status = NULL");
            assertThat(flag.find(key)).isEqualTo(new Answer.Absent());
        }

        @Test
        void aRowOfALogIsExecuted() throws SQLException {
            JdbcLookup log = JdbcLookup.log(database, "SELECT 1 FROM mail_request WHERE request_id = ?");
            assertThat(log.find(key)).isEqualTo(new Answer.Absent());
            row("");
            assertThat(log.find(key)).isInstanceOf(Outcome.Executed.class);
        }

        @Test
        void whatIsNotCommittedIsNotSeen() throws SQLException {
            row("NEW");
            try (Connection receiver = database.getConnection()) {
                receiver.setAutoCommit(false);
                try (var set = receiver.createStatement()) {
                    set.executeUpdate("UPDATE mail_request SET status = 'DONE'");
                }
                assertThat(flag.find(key)).isEqualTo(new Answer.Absent());
                receiver.commit();
            }
            assertThat(flag.find(key)).isInstanceOf(Outcome.Executed.class);
        }

        @Test
        void aReaderOfOnesOwnSeesTheRow() throws SQLException {
            row("LATE");
            JdbcLookup own = new JdbcLookup(
                    database,
                    FLAG,
                    row -> row.getString(1).equals("LATE")
                            ? new Answer.InProgress(Duration.ofSeconds(5))
                            : new AttemptResult.Lost("an unknown word"));

            assertThat(own.find(key)).isEqualTo(new Answer.InProgress(Duration.ofSeconds(5)));
        }

        @Test
        void aTableThatCannotBeReadIsAnErrorThatDoesNotShowTheKey() throws SQLException {
            Sql.execute(database, "DROP TABLE mail_request");

            assertThatThrownBy(() -> flag.find(key))
                    .isInstanceOf(CallStoreException.class)
                    .hasMessageContaining(key.digest())
                    .hasMessageContaining("SQL state")
                    .satisfies(e -> assertThat(e).hasStackTraceContaining("SQLException"))
                    .satisfies(e -> {
                        for (Throwable t = e; t != null; t = t.getCause()) {
                            assertThat(t).message().doesNotContain(key.value());
                        }
                    });
        }

        @Test
        void aFlagsWordsHaveOneMeaningEach() {
            assertThatThrownBy(() -> JdbcLookup.flag(database, FLAG, Set.of(), Set.of()))
                    .hasMessageContaining("executedWords");
            assertThatThrownBy(() -> JdbcLookup.flag(database, FLAG, Set.of("DONE"), Set.of("DONE")))
                    .hasMessageContaining("DONE");
        }
    }
}
