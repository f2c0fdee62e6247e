package dev.nodoubt.bench.delivery.peer;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.bench.delivery.Contender;
import dev.nodoubt.bench.delivery.Poster;
import dev.nodoubt.bench.delivery.Surroundings;
import dev.nodoubt.bench.delivery.Transfer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What could be had by hand, and the least that still survives a crash: one insert, handed over in memory after the
 * commit, deleted with others when it was answered. No lease, no retry, no key, no outcome, no fingerprint: a bound.
 */
public final class Ideal implements Contender {

    private static final int BATCH = 500;
    private static final int BOUND = 10_000;

    private static final String TABLE =
            "CREATE TABLE IF NOT EXISTS ideal_call (id uuid PRIMARY KEY, body text NOT NULL)";
    private static final String INSERT = "INSERT INTO ideal_call (id, body) VALUES (?, ?)";
    private static final String DELETE = "DELETE FROM ideal_call WHERE id = ANY (?)";
    /** Else a plan from a moment at which the table was empty reads all dead rows. */
    private static final String BY_KEYS = "SET LOCAL enable_seqscan = off";

    private static final String NEXT = "SELECT id, body FROM ideal_call WHERE id > ? ORDER BY id LIMIT " + BATCH;

    private final Surroundings surroundings;
    private final Poster poster;
    private final Semaphore permits;
    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>(BOUND);
    private final BlockingQueue<UUID> answered = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    private record Waiting(UUID id, String body) {}

    public Ideal(Surroundings surroundings) throws SQLException {
        this.surroundings = surroundings;
        this.poster = new Poster(surroundings);
        this.permits = new Semaphore(surroundings.workers());
        surroundings.execute(TABLE);
    }

    @Override
    public void start() {
        start(this::readLeft);
        start(this::deliver);
        start(this::complete);
    }

    private interface Loop {
        void run() throws Exception;
    }

    private void start(Loop loop) {
        Thread thread = new Thread(() -> {
            try {
                loop.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    /** What an earlier process recorded; its keys are older than those of this one. */
    private void readLeft() throws Exception {
        UUID last = new UUID(0, 0);
        UUID end = timeOrdered();
        for (List<Waiting> left = next(last); !left.isEmpty(); left = next(last)) {
            for (Waiting call : left) {
                last = call.id;
                if (last.compareTo(end) < 0) {
                    waiting.put(call);
                }
            }
        }
    }

    private List<Waiting> next(UUID after) throws SQLException {
        try (Connection connection = surroundings.pool().getConnection();
                PreparedStatement select = connection.prepareStatement(NEXT)) {
            select.setObject(1, after);
            List<Waiting> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Waiting(rows.getObject(1, UUID.class), rows.getString(2)));
                }
            }
            return found;
        }
    }

    private void deliver() throws InterruptedException {
        while (true) {
            Waiting call = waiting.take();
            permits.acquire();
            poster.post(call.body).whenComplete((status, fault) -> {
                permits.release();
                if (fault == null) {
                    answered.add(call.id);
                }
            });
        }
    }

    private void complete() throws Exception {
        List<UUID> batch = new ArrayList<>();
        while (true) {
            batch.add(answered.take());
            TimeUnit.MILLISECONDS.sleep(2);
            answered.drainTo(batch, BATCH);
            surroundings.transaction(transaction -> {
                try (Statement plan = transaction.createStatement()) {
                    plan.execute(BY_KEYS);
                }
                try (PreparedStatement delete = transaction.prepareStatement(DELETE)) {
                    delete.setArray(1, transaction.createArrayOf("uuid", batch.toArray()));
                    delete.executeUpdate();
                }
            });
            batch.clear();
        }
    }

    @Override
    public void transfer(List<Transfer> transfers) throws Exception {
        List<Waiting> recorded = new ArrayList<>(transfers.size());
        surroundings.transaction(transaction -> {
            for (Transfer transfer : transfers) {
                transfer.make(transaction);
                Waiting call = new Waiting(timeOrdered(), transfer.body());
                try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
                    insert.setObject(1, call.id);
                    insert.setString(2, call.body);
                    insert.executeUpdate();
                }
                recorded.add(call);
            }
        });
        if (!threads.isEmpty()) {
            for (Waiting call : recorded) {
                waiting.put(call);
            }
        }
    }

    /** Time first, so that inserts go to one end of the index. */
    private static UUID timeOrdered() {
        return UUID.fromString(IdempotencyKey.create(Instant.now()).value());
    }

    @Override
    public boolean isOpen() throws SQLException {
        return surroundings.any("SELECT 1 FROM ideal_call");
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        poster.close();
    }
}
