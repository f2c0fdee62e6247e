package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcCallStore;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.jdbc.Schema;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/** Databases of H2 in this JVM's memory. */
final class SharedH2 {

    /** H2 names no blocker of an insert: one that is seen at work is one that waits. */
    private static final String WAITERS = """
            SELECT EXISTS (SELECT 1 FROM information_schema.sessions
                            WHERE executing_statement LIKE 'INSERT INTO nodoubt_gate%')
            """;

    private SharedH2() {}

    private static final class Tcp {
        static final Server SERVER = started();

        private static Server started() {
            try {
                return Server.createTcpServer("-tcpPort", "0", "-tcpDaemon").start();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Where other processes reach these databases, on 127.0.0.1. */
    static int serverPort() {
        return Tcp.SERVER.getPort();
    }

    /** A database without tables; it stays until the JVM ends. */
    static DataSource empty(String name) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        Sql.isTrue(database, "SELECT true"); // it comes into being
        return database;
    }

    /** A database with nodoubt's tables. */
    static DataSource database(String name) {
        DataSource database = empty(name);
        new Schema(database).create();
        return database;
    }

    /** A store of calls, on a database of this name with nodoubt's tables. */
    static CallParts calls(String name) {
        DataSource database = database(name);
        return new CallParts(new JdbcCallStore(database), database);
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
