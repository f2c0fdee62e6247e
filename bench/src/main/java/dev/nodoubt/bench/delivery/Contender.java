package dev.nodoubt.bench.delivery;

import java.sql.SQLException;
import java.util.List;

/**
 * One way to have calls made. It runs in the application's process, on the application's pool, and delivers to the one
 * target. {@link #transfer} is called by many producers at once.
 */
@SuppressWarnings("try") // closing may be interrupted: it ends threads
public interface Contender extends AutoCloseable {

    /** Begins to deliver: what was recorded before by an application that has ended, and what is recorded from now on. */
    void start() throws Exception;

    /** Makes these transfers and records their calls in one transaction. Returns after its commit. */
    void transfer(List<Transfer> transfers) throws Exception;

    /** Whether calls are recorded and not completed, as the tables say. */
    boolean isOpen() throws SQLException;

    @Override
    void close() throws Exception;
}
