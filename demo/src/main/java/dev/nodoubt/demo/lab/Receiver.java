package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.network.FaultyNetwork;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A mail service.
 *
 * @param network between callers and it
 * @param port where it listens itself, behind the network
 * @param database its own
 * @param process that it runs in
 */
public record Receiver(FaultyNetwork network, int port, DataSource database, ReceiverProcess process) {

    /** Readers pass, who writes waits: a request is worked on and does not get on. */
    private static final String HOLD = "LOCK TABLE nodoubt_intent IN SHARE MODE";

    /** The requests that wait for that lock; the worker that sends mails may wait beside them. */
    private static final String HELD = """
            SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.relation = 'nodoubt_intent'::regclass AND NOT l.granted
            AND a.query LIKE '%INSERT INTO nodoubt_intent%'
            """;

    private static final long ASK_MILLIS = 20;

    /** What a receiver suffers, until its end. */
    @FunctionalInterface
    interface Trouble {

        void end() throws Exception;
    }

    Trouble suffer(LabFault fault) throws Exception {
        switch (fault) {
            case REFUSED -> {
                network.refuse();
                return network::listen;
            }
            case SLOW -> {
                return hold()::close;
            }
            case FROZEN -> {
                process.freeze();
                return process::thaw;
            }
            case KILLED -> {
                Connection held = hold();
                return () -> {
                    try (held) {
                        process.kill();
                    }
                    process.restart();
                };
            }
            default -> throw new IllegalArgumentException(fault + " is nothing that a receiver suffers");
        }
    }

    /** Waits until so many requests are worked on and do not get on; false when it came to fewer in time. */
    boolean awaitHeld(long requests, Duration limit) throws SQLException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            while (System.nanoTime() - end < 0) {
                try (ResultSet row = statement.executeQuery(HELD)) {
                    row.next();
                    if (row.getLong(1) >= requests) {
                        return true;
                    }
                }
                Thread.sleep(ASK_MILLIS);
            }
            return false;
        }
    }

    /** Closing it ends its transaction, and so the lock. */
    private Connection hold() throws SQLException {
        Connection connection = database.getConnection();
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(HOLD);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
