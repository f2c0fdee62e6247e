package dev.nodoubt.bench.delivery;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What every contender gets.
 *
 * @param pool connections to the database, at least as many as all its threads need at once
 * @param targetPort where the target listens on loopback
 * @param workers how many calls may be under way at once, for contenders that must be told
 */
public record Surroundings(HikariDataSource pool, int targetPort, int workers) {

    /** A transaction's work. */
    public interface Work {
        void in(Connection transaction) throws Exception;
    }

    /** Runs this in a transaction of its own and commits. */
    public void transaction(Work work) throws Exception {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.in(connection);
                connection.commit();
            } catch (Exception e) {
                connection.rollback();
                throw e;
            }
        }
    }

    /** Whether this question has a row, for {@link Contender#isOpen}. */
    public boolean any(String question) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(question + " LIMIT 1")) {
            return row.next();
        }
    }

    /** Executes statements, separated by semicolons where there are several. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
