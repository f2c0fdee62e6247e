package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@NeedsMariaDb
class SharedMariaDbTest {

    @Test
    void aSessionThatWaitsForAnotherOnesRowIsSeenAndSoIsItsEnd()
            throws SQLException, ExecutionException, InterruptedException, TimeoutException {
        DataSource database = SharedMariaDb.database("waiting");
        BooleanSupplier somebodyWaits = SharedMariaDb.somebodyWaits(database);
        Sql.execute(database, "CREATE TABLE sale (id int PRIMARY KEY)");
        try (Connection first = database.getConnection();
                Statement statement = first.createStatement()) {
            first.setAutoCommit(false);
            statement.execute("INSERT INTO sale VALUES (7)");
            assertThat(somebodyWaits.getAsBoolean()).isFalse();

            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> insert(database));
            while (!second.isDone() && !somebodyWaits.getAsBoolean()) {
                Thread.onSpinWait();
            }
            assertThat(second).isNotDone();

            first.rollback();
            second.get(60, TimeUnit.SECONDS);
            assertThat(somebodyWaits.getAsBoolean()).isFalse();
        }
    }

    private static void insert(DataSource database) {
        try {
            Sql.execute(database, "INSERT INTO sale VALUES (7)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
