package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.network.FaultyNetwork;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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

    /** The requests that wait for that lock; the worker that sends mails may wait beside them. */
    private static final String HELD = """
            SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.relation = 'nodoubt_intent'::regclass AND NOT l.granted
            AND a.query LIKE '%INSERT INTO nodoubt_intent%'
            """;

    private static final long ASK_MILLIS = 20;

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
            } finally {
                if (killed) {
                    restart();
                }
            }
        }
    }

    /** Once more where it did not come up; whatever was started first is ended before. */
    private void restart() throws Exception {
        try {
            process.restart();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            process.kill();
            process.restart();
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
