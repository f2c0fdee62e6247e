package dev.nodoubt.jdbc;

import dev.nodoubt.jdbc.Migrations.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The tables of nodoubt in one database, versioned: the caller's and the receiver's. Thread-safe; several nodes may create
 * or upgrade at once.
 *
 * <p>As a program it prints the SQL, for those who run migrations by themselves:
 * {@code java -cp nodoubt.jar dev.nodoubt.jdbc.Schema mariadb}, with a version after it what comes after that version.
 */
public final class Schema {

    /** The version that this library reads and writes. */
    public static final int VERSION = 4;

    private final DataSource dataSource;

    public Schema(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Prints the SQL of a database. */
    public static void main(String[] args) {
        try {
            System.out.print(sql(args[0], args.length > 1 ? Integer.parseInt(args[1]) : 0));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            System.err.println(
                    "usage: java -cp nodoubt.jar dev.nodoubt.jdbc.Schema postgresql|mariadb|mysql|h2 [version]"
                            + "\nprints the SQL that makes nodoubt's tables, or brings them from that version to "
                            + VERSION);
            System.exit(2);
        }
    }

    /**
     * The statements that bring a database to {@link #VERSION}, with comments; the last one notes the version.
     *
     * @param database {@code postgresql}, {@code mariadb}, {@code mysql} or {@code h2}
     * @param since the version that is there, 0 for none
     */
    public static String sql(String database, int since) {
        return sql(Dialect.valueOf(database.toUpperCase(Locale.ROOT)), since);
    }

    private static String sql(Dialect dialect, int since) {
        return new Migrations(dialect).since(since).stream().map(Step::script).collect(Collectors.joining("\n"));
    }

    /**
     * Creates the tables when they are not there, brings older ones to this version, then validates. A database that
     * rolls back DDL gets each version whole or not at all; on the others a step that broke off is taken again.
     *
     * @throws SchemaException that says what failed
     */
    public void create() {
        try (Connection connection = dataSource.getConnection()) {
            Dialect dialect = Dialect.of(connection);
            try (SchemaLock lock = SchemaLock.take(connection, dialect)) {
                int found = lock.version();
                for (Step step : new Migrations(dialect).since(found)) {
                    lock.run(step);
                }
            }
        } catch (SQLException e) {
            throw SchemaException.failed("nodoubt's tables could not be created or upgraded", e);
        }
        validate();
    }

    /**
     * Checks that the tables are there, in this library's version and with the columns that it uses.
     *
     * @throws SchemaException that says what is missing, with the SQL that makes it
     */
    public void validate() {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            Dialect dialect = Dialect.of(connection);
            int found = version(connection, dialect);
            if (found == 0) {
                throw SchemaException.mendedBy(
                        "nodoubt's tables are missing in database " + connection.getCatalog(),
                        "let it create them, or run this SQL",
                        sql(dialect, 0));
            }
            if (found > VERSION) {
                throw SchemaException.of(
                        "nodoubt's tables have version " + found + ", this library knows " + VERSION,
                        "use a newer library");
            }
            if (found < VERSION) {
                throw SchemaException.mendedBy(
                        "nodoubt's tables have version " + found + ", this library needs " + VERSION,
                        "let it upgrade them, or run this SQL",
                        sql(dialect, found));
            }
            requireColumns(SchemaColumns.missing(connection, dialect), dialect);
        } catch (SQLException e) {
            throw SchemaException.failed("nodoubt's tables could not be checked", e);
        }
    }

    private static void requireColumns(List<String> missing, Dialect dialect) {
        if (!missing.isEmpty()) {
            throw SchemaException.mendedBy(
                    "nodoubt's tables say that they have version " + VERSION + ", yet cannot be read or lack: "
                            + String.join(", ", missing),
                    "another program may have made or changed them; they must be as this SQL makes them",
                    sql(dialect, 0));
        }
    }

    /** The version that is there; 0 when there are no tables. */
    static int version(Connection connection, Dialect dialect) throws SQLException {
        String exists = switch (dialect) {
            case POSTGRESQL -> "SELECT to_regclass('nodoubt_schema') IS NOT NULL";
            case MARIADB, MYSQL -> """
                            SELECT EXISTS (SELECT 1 FROM information_schema.tables
                                            WHERE table_schema = database() AND table_name = 'nodoubt_schema')
                            """;
            case H2 -> """
                            SELECT EXISTS (SELECT 1 FROM information_schema.tables
                                            WHERE table_schema = current_schema AND table_name = 'NODOUBT_SCHEMA')
                            """;
        };
        try (Statement statement = connection.createStatement()) {
            return ask(statement, exists).getBoolean(1)
                    ? ask(statement, "SELECT max(version) FROM nodoubt_schema").getInt(1)
                    : 0;
        }
    }

    private static ResultSet ask(Statement statement, String sql) throws SQLException {
        ResultSet row = statement.executeQuery(sql);
        row.next();
        return row;
    }
}
