package dev.nodoubt.jdbc;

import dev.nodoubt.jdbc.Migrations.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Lets one node at a time change the tables. On PostgreSQL a step is one transaction; elsewhere each statement commits by
 * itself, and all of them may be repeated.
 */
final class SchemaLock implements AutoCloseable {

    private static final String POSTGRES_LOCK = "SELECT pg_advisory_lock(7087426931)";
    private static final String POSTGRES_UNLOCK = "SELECT pg_advisory_unlock(7087426931)";
    private static final String MARIADB_LOCK =
            "SELECT GET_LOCK(CONCAT('nodoubt ', SHA1(COALESCE(database(), ''))), 60)";
    private static final String MARIADB_UNLOCK =
            "SELECT RELEASE_LOCK(CONCAT('nodoubt ', SHA1(COALESCE(database(), ''))))";

    private final Connection connection;
    private final Dialect dialect;

    private SchemaLock(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    static SchemaLock take(Connection connection, Dialect dialect) throws SQLException {
        connection.setAutoCommit(true);
        switch (dialect) {
            case POSTGRESQL -> execute(connection, POSTGRES_LOCK);
            case MARIADB, MYSQL -> requireLocked(connection);
            case H2 -> {
                // A file of H2 is opened by one process; its threads that create at once repeat what the others did.
            }
        }
        return new SchemaLock(connection, dialect);
    }

    private static void requireLocked(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(MARIADB_LOCK)) {
            if (!row.next() || row.getInt(1) != 1) {
                throw new SQLException("another node has been changing nodoubt's tables for 60 s; start again");
            }
        }
    }

    int version() throws SQLException {
        return Schema.version(connection, dialect);
    }

    void run(Step step) throws SQLException {
        boolean whole = dialect == Dialect.POSTGRESQL;
        connection.setAutoCommit(!whole);
        try {
            for (String statement : step.statements()) {
                execute(connection, statement);
            }
            if (whole) {
                connection.commit();
            }
        } catch (SQLException e) {
            if (whole) {
                connection.rollback();
            }
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void close() throws SQLException {
        switch (dialect) {
            case POSTGRESQL -> execute(connection, POSTGRES_UNLOCK);
            case MARIADB, MYSQL -> execute(connection, MARIADB_UNLOCK);
            case H2 -> {
                // nothing was taken
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
