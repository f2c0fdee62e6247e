package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.jdbc.Schema;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Databases of H2 in this JVM's memory. */
final class SharedH2 {

    /** H2 names no blocker of an insert: one that is seen at work is one that waits. */
    private static final String WAITERS = """
            SELECT EXISTS (SELECT 1 FROM information_schema.sessions
                            WHERE executing_statement LIKE 'INSERT INTO nodoubt_gate%')
            """;

    private SharedH2() {}

    /** A database with nodoubt's tables; it stays until the JVM ends. */
    static DataSource database(String name) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        new Schema(database).create();
        return database;
    }

    static GateParts gate(String name) {
        DataSource database = database(name);
        return new GateParts(
                new JdbcGateStore(database),
                new JdbcTransactions(database),
                database,
                () -> Sql.isTrue(database, WAITERS),
                false);
    }
}
