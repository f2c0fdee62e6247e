package dev.nodoubt.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The tables of nodoubt in one database, versioned. PostgreSQL only so far. Thread-safe; several nodes may create at
 * once.
 */
public final class Schema {

    /** The version that this library reads and writes. */
    public static final int VERSION = 1;

    private static final String LOCK = "SELECT pg_advisory_xact_lock(7087426931)";
    private static final String EXISTS = "SELECT to_regclass('nodoubt_schema') IS NOT NULL";
    private static final String READ_VERSION = "SELECT max(version) FROM nodoubt_schema";
    private static final String VERSION_TABLE = """
            CREATE TABLE nodoubt_schema (
                version    integer     PRIMARY KEY,
                created_at timestamptz NOT NULL DEFAULT now()
            );
            INSERT INTO nodoubt_schema (version) VALUES (1);
            """;

    private final DataSource dataSource;

    public Schema(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The whole schema as SQL, for those who run migrations by themselves. */
    public static String sql() {
        return CallTables.SQL + "\n" + GateTables.SQL + "\n" + VERSION_TABLE;
    }

    /** Creates the tables in one transaction when they are not there, then validates. */
    public void create() {
        try (Connection connection = dataSource.getConnection()) {
            requirePostgres(connection);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(LOCK);
                if (!ask(statement, EXISTS).getBoolean(1)) {
                    statement.execute(sql());
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new SchemaException("nodoubt's tables could not be created: " + e.getMessage(), e);
        }
        validate();
    }

    /**
     * Checks that the tables are there in this library's version.
     *
     * @throws SchemaException that says what is missing and what to do
     */
    public void validate() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            requirePostgres(connection);
            if (!ask(statement, EXISTS).getBoolean(1)) {
                throw new SchemaException(
                        "nodoubt's tables are missing in database "
                                + connection.getCatalog() + ": let it create them, or run this SQL:\n"
                                + sql(),
                        null);
            }
            int found = ask(statement, READ_VERSION).getInt(1);
            if (found != VERSION) {
                throw new SchemaException(
                        "nodoubt's tables have version " + found + ", this library needs " + VERSION
                                + (found > VERSION ? ": use a newer library" : ": upgrade the tables"),
                        null);
            }
        } catch (SQLException e) {
            throw new SchemaException("nodoubt's tables could not be checked: " + e.getMessage(), e);
        }
    }

    private static ResultSet ask(Statement statement, String sql) throws SQLException {
        ResultSet row = statement.executeQuery(sql);
        row.next();
        return row;
    }

    private static void requirePostgres(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        if (!product.equals("PostgreSQL")) {
            throw new SchemaException("nodoubt runs on PostgreSQL only so far, the data source is " + product, null);
        }
    }
}
