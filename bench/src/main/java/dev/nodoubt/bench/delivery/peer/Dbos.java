package dev.nodoubt.bench.delivery.peer;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.migrations.MigrationManager;
import dev.dbos.transact.workflow.Queue;
import dev.dbos.transact.workflow.StepOptions;
import dev.dbos.transact.workflow.Workflow;
import dev.dbos.transact.workflow.WorkflowClassName;
import dev.nodoubt.bench.delivery.Contender;
import dev.nodoubt.bench.delivery.Poster;
import dev.nodoubt.bench.delivery.Surroundings;
import dev.nodoubt.bench.delivery.Transfer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * DBOS Transact: a workflow whose only step posts. Its Java calls cannot take part in a transaction of the caller, but
 * its SQL function {@code dbos.enqueue_workflow} can, so that the workflow is recorded in the transfer's transaction.
 *
 * <p>Settings: one queue with as many concurrent workflows as calls may be under way, and polled every 10 ms instead of
 * every second, because a workflow that SQL enqueued is found by polling only. Completed workflows are kept, as they are by
 * default. This version listens for notifications whatever its configuration says, so one connection stays taken.
 */
public final class Dbos implements Contender {

    private static final String QUEUE = "calls";
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int ATTEMPTS = 10;

    private static final String ENQUEUE = """
            SELECT dbos.enqueue_workflow(
                workflow_name => 'deliver', class_name => 'call', queue_name => 'calls',
                positional_args => ARRAY[to_json(?::text)])
            """;
    private static final String OPEN =
            "SELECT 1 FROM dbos.workflow_status WHERE queue_name = 'calls' AND status IN ('ENQUEUED', 'PENDING')";

    private final Surroundings surroundings;
    private final Poster poster;
    private final DBOS dbos;

    public Dbos(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.poster = new Poster(surroundings);
        DBOSConfig config = DBOSConfig.defaults("bench").withDataSource(surroundings.pool());
        MigrationManager.runMigrations(config);
        dbos = new DBOS(config);
        dbos.registerQueue(
                new Queue(QUEUE).withWorkerConcurrency(surroundings.workers()).withPollingInterval(POLL));
        dbos.registerProxy(Delivery.class, new Posting(dbos, poster));
    }

    /** The workflow, as DBOS wants it: an interface that it can proxy. */
    interface Delivery {
        void deliver(String body) throws Exception;
    }

    @WorkflowClassName("call")
    private record Posting(DBOS dbos, Poster poster) implements Delivery {
        @Override
        @Workflow(name = "deliver")
        public void deliver(String body) throws Exception {
            dbos.runStep(() -> poster.postAndWait(body), new StepOptions("post").withMaxAttempts(ATTEMPTS));
        }
    }

    @Override
    public void start() {
        dbos.launch();
    }

    @Override
    public void transfer(List<Transfer> transfers) throws Exception {
        surroundings.transaction(transaction -> {
            for (Transfer transfer : transfers) {
                transfer.make(transaction);
                try (PreparedStatement enqueue = transaction.prepareStatement(ENQUEUE)) {
                    enqueue.setString(1, transfer.body());
                    enqueue.execute();
                }
            }
        });
    }

    @Override
    public boolean isOpen() throws SQLException {
        return surroundings.any(OPEN);
    }

    @Override
    public void close() {
        dbos.close();
        poster.close();
    }
}
