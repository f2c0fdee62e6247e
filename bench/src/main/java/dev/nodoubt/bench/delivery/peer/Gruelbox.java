package dev.nodoubt.bench.delivery.peer;

import com.gruelbox.transactionoutbox.DefaultPersistor;
import com.gruelbox.transactionoutbox.Dialect;
import com.gruelbox.transactionoutbox.ExecutorSubmitter;
import com.gruelbox.transactionoutbox.Instantiator;
import com.gruelbox.transactionoutbox.Submitter;
import com.gruelbox.transactionoutbox.TransactionManager;
import com.gruelbox.transactionoutbox.TransactionOutbox;
import dev.nodoubt.bench.delivery.Contender;
import dev.nodoubt.bench.delivery.Poster;
import dev.nodoubt.bench.delivery.Surroundings;
import dev.nodoubt.bench.delivery.Transfer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * gruelbox' transaction-outbox: recorded in the transfer's transaction, handed to an executor after its commit, locked,
 * called and deleted in one transaction of a worker.
 *
 * <p>Settings: the queue that rejects and is larger than 10000, as its submitter advises, so that all new calls go
 * through memory. A record is due for {@code flush()} only {@code attemptFrequency} after it was made, 2 minutes by
 * default, so a short one lets a backlog begin at once; it still exceeds what a flushed batch waits in the queue. For
 * that the flush loop asks for more only when the queue is nearly empty. No lock timeout, because PostgreSQL's dialect
 * skips what is locked and the driver starts a timer for each; no MDC; nothing has a unique request id, so completion
 * deletes, and no retention applies.
 */
public final class Gruelbox implements Contender {

    private static final int QUEUE = 16_384;
    private static final int FLUSH_BATCH = 512;
    private static final int NEARLY_EMPTY = 256;
    private static final Duration ATTEMPT_FREQUENCY = Duration.ofSeconds(2);
    private static final long IDLE_MILLIS = 100;
    private static final long BUSY_MILLIS = 5;

    private final Surroundings surroundings;
    private final Poster poster;
    private final TransactionManager transactions;
    private final TransactionOutbox outbox;
    private final ArrayBlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(QUEUE);
    private final ThreadPoolExecutor workers;
    private final Submitter submitter;
    private final Thread flushing = new Thread(this::flush, "gruelbox-flush");
    private volatile boolean started;

    /** What is called through the outbox; its name and its method's stand in each record. */
    public interface Mail {
        void send(String body) throws IOException, InterruptedException;
    }

    /** The library looks the method up in the instance's own class. */
    private record PostedMail(Poster poster) implements Mail {
        @Override
        public void send(String body) throws IOException, InterruptedException {
            poster.postAndWait(body);
        }
    }

    public Gruelbox(Surroundings surroundings) {
        this.surroundings = surroundings;
        poster = new Poster(surroundings);
        int threads = surroundings.workers();
        workers = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, queue, new ThreadPoolExecutor.AbortPolicy());
        submitter = ExecutorSubmitter.builder().executor(workers).build();
        transactions = TransactionManager.fromDataSource(surroundings.pool());
        Mail mail = new PostedMail(poster);
        outbox = TransactionOutbox.builder()
                .transactionManager(transactions)
                .persistor(DefaultPersistor.builder()
                        .dialect(Dialect.POSTGRESQL_9)
                        .writeLockTimeoutSeconds(0)
                        .build())
                .instantiator(Instantiator.using(type -> mail))
                .submitter((entry, local) -> {
                    if (started) {
                        submitter.submit(entry, local);
                    }
                })
                .attemptFrequency(ATTEMPT_FREQUENCY)
                .flushBatchSize(FLUSH_BATCH)
                .serializeMdc(false)
                .build();
        flushing.setDaemon(true);
    }

    @Override
    public void start() {
        started = true;
        flushing.start();
    }

    private void flush() {
        try {
            while (true) {
                if (queue.size() > NEARLY_EMPTY) {
                    TimeUnit.MILLISECONDS.sleep(BUSY_MILLIS);
                } else if (!outbox.flush()) {
                    TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void transfer(List<Transfer> transfers) throws Exception {
        Mail mail = outbox.schedule(Mail.class);
        transactions.inTransactionThrows(transaction -> {
            for (Transfer transfer : transfers) {
                transfer.make(transaction.connection());
                mail.send(transfer.body());
            }
        });
    }

    @Override
    public boolean isOpen() throws SQLException {
        return surroundings.any("SELECT 1 FROM txno_outbox");
    }

    @Override
    public void close() {
        flushing.interrupt();
        workers.shutdownNow();
        poster.close();
    }
}
