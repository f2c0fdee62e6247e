package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.network.FaultyNetwork;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

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

    /** What a receiver suffers, from its begin to its end. */
    interface Trouble {

        void begin() throws Exception;

        /** Also after a begin that failed or was interrupted: whatever it did is undone. */
        void end() throws Exception;
    }

    Trouble trouble(LabFault fault) {
        return switch (fault) {
            case REFUSED -> trouble(network::refuse, network::listen);
            case SLOW -> new Locked(false);
            case FROZEN -> trouble(process::freeze, process::thaw);
            case KILLED -> new Locked(true);
            default -> throw new IllegalArgumentException(fault + " is nothing that a receiver suffers");
        };
    }

    private interface Act {

        void run() throws Exception;
    }

    private static Trouble trouble(Act begin, Act end) {
        return new Trouble() {
            @Override
            public void begin() throws Exception {
                begin.run();
            }

            @Override
            public void end() throws Exception {
                end.run();
            }
        };
    }

    /** Requests do not get on while its table is locked, and are lost if it is killed then. */
    private final class Locked implements Trouble {

        private final boolean killed;
        private @Nullable Connection held;

        private Locked(boolean killed) {
            this.killed = killed;
        }

        @Override
        public void begin() throws SQLException {
            held = hold();
        }

        @Override
        public void end() throws Exception {
            Connection ending = held;
            if (ending == null) {
                return;
            }
            try (ending) {
                if (killed) {
                    process.kill();
                }
            }
            if (killed) {
                process.restart();
            }
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
