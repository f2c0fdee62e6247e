package dev.nodoubt.bench.delivery.peer;

import dev.nodoubt.bench.delivery.Contender;
import dev.nodoubt.bench.delivery.Poster;
import dev.nodoubt.bench.delivery.Surroundings;
import dev.nodoubt.bench.delivery.Transfer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;

/**
 * JobRunr's open source edition. It is not an outbox: it commits on a connection of its own, and only its Pro edition
 * takes part in the caller's transaction. So jobs are enqueued right after the commit, and are lost when the process ends
 * in between.
 *
 * <p>Chosen: 5 s to poll, the least that it accepts for a database (a worker that becomes idle looks for jobs at once;
 * only who finds none waits for the poll); as many workers as calls may be under way; job requests, which spare it the
 * analysis of lambdas; a batch for the jobs of a transaction. Succeeded jobs stay for 36 hours, as by default.
 */
public final class JobRunrQueue implements Contender {

    private static final Duration POLL = Duration.ofSeconds(5);

    // A job that failed is scheduled again by itself; FAILED is given up after ten retries: the report calls it lost.
    private static final String OPEN =
            "SELECT 1 FROM jobrunr_jobs WHERE state IN ('ENQUEUED', 'PROCESSING', 'SCHEDULED')";

    private final Surroundings surroundings;
    private final TransferAlone transfers;
    private final Poster poster;
    private final JobRequestScheduler scheduler;

    public JobRunrQueue(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.transfers = new TransferAlone(surroundings);
        this.poster = new Poster(surroundings);
        BackgroundJobServerConfiguration server =
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(surroundings.workers())
                        .andPollInterval(POLL);
        this.scheduler = JobRunr.configure()
                .useJobActivator(new Handlers(new Handler(poster)))
                .useStorageProvider(new PostgresStorageProvider(surroundings.pool()))
                .useBackgroundJobServer(server, false)
                .initialize()
                .getJobRequestScheduler();
    }

    /** A call as its job: what is stored is its class and its fields. */
    public record Post(String body) implements JobRequest {
        @Override
        public Class<Handler> getJobRequestHandler() {
            return Handler.class;
        }
    }

    /** Makes one call. */
    public static final class Handler implements JobRequestHandler<Post> {

        private final Poster poster;

        Handler(Poster poster) {
            this.poster = poster;
        }

        @Override
        public void run(Post job) throws IOException, InterruptedException {
            poster.postAndWait(job.body());
        }
    }

    private record Handlers(Handler handler) implements JobActivator {
        @Override
        public <T> T activateJob(Class<T> type) {
            return type.cast(handler);
        }
    }

    @Override
    public void start() {
        JobRunr.getBackgroundJobServer().start();
    }

    @Override
    public void transfer(List<Transfer> batch) throws Exception {
        transfers.transfer(batch);
        scheduler.enqueue(batch.stream().map(transfer -> new Post(transfer.body())));
    }

    @Override
    public boolean isOpen() throws SQLException {
        return surroundings.any(OPEN);
    }

    @Override
    public void close() {
        JobRunr.getBackgroundJobServer().stop();
        poster.close();
    }
}
