package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.network.FaultyNetwork;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
