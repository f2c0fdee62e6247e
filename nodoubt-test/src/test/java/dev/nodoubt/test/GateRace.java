package dev.nodoubt.test;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Work;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Lets three executions, a fence and a query of one key race, for many keys, and judges every answer by the effects that
 * stand in the end. The seed chooses delays and handlers' results; the interleaving is the machine's.
 */
final class GateRace {

    /** What one request was told. */
    enum Said {
        EXECUTED,
        REJECTED,
        FENCED,
        /** This attempt had no effect. */
        NOT_EXECUTED,
        /** Nothing for sure. */
        OPEN
    }

    /** Who is raced. */
    interface Contestant {
        Said execute(IdempotencyKey key, Work work) throws Exception;

        Said fence(IdempotencyKey key) throws Exception;

        Said query(IdempotencyKey key) throws Exception;
    }

    /** What was found: keys with two effects, and answers that are not true. */
    record Verdict(
            int keys, Map<Said, Integer> said, int doubled, int falseFenced, int falseExecuted, int falseRejected) {
        int violations() {
            return doubled + falseFenced + falseExecuted + falseRejected;
        }
    }

    private static final int LANES = 3;
    private static final int RACERS = 5;

    private final DataSource database;
    private final String endSession;
    private final Contestant contestant;
    private final long seed;

    /** @param endSession SQL by which a session ends itself, as a dying process or an administrator would */
    GateRace(DataSource database, String endSession, Contestant contestant, long seed) {
        this.database = database;
        this.endSession = endSession;
        this.contestant = contestant;
        this.seed = seed;
    }

    Verdict run(int keys) throws Exception {
        execute("CREATE TABLE IF NOT EXISTS race_effect (effect_key varchar(64) NOT NULL)");
        execute("TRUNCATE race_effect");
        ExecutorService executor = Executors.newFixedThreadPool(LANES * (RACERS + 1));
        try {
            List<Future<Map<IdempotencyKey, List<Said>>>> lanes = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                Random random = new Random(seed + lane);
                lanes.add(executor.submit(() -> lane(executor, random, keys / LANES)));
            }
            Map<IdempotencyKey, List<Said>> said = new HashMap<>();
            for (Future<Map<IdempotencyKey, List<Said>>> lane : lanes) {
                said.putAll(lane.get());
            }
            return judge(said);
        } finally {
            executor.shutdownNow();
            executor.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private Map<IdempotencyKey, List<Said>> lane(ExecutorService executor, Random random, int keys) throws Exception {
        Map<IdempotencyKey, List<Said>> said = new HashMap<>();
        for (int i = 0; i < keys; i++) {
            IdempotencyKey key = IdempotencyKey.create(Instant.now());
            said.put(key, race(executor, random, key));
        }
        return said;
    }

    private List<Said> race(ExecutorService executor, Random random, IdempotencyKey key) throws Exception {
        CountDownLatch start = new CountDownLatch(RACERS);
        List<Callable<Said>> racers = List.of(
                executing(key, random),
                executing(key, random),
                executing(key, random),
                () -> contestant.fence(key),
                () -> contestant.query(key));
        List<Future<Said>> running = new ArrayList<>();
        for (Callable<Said> racer : racers) {
            long delayMicros = random.nextInt(3000);
            running.add(executor.submit(() -> {
                start.countDown();
                start.await();
                pause(delayMicros);
                return racer.call();
            }));
        }
        List<Said> said = new ArrayList<>();
        for (Future<Said> one : running) {
            said.add(one.get());
        }
        return said;
    }

    private Callable<Said> executing(IdempotencyKey key, Random random) {
        int choice = random.nextInt(16);
        long workMicros = random.nextInt(2000);
        return () -> contestant.execute(key, transaction -> {
            try (PreparedStatement insert = transaction.prepareStatement("INSERT INTO race_effect VALUES (?)")) {
                insert.setString(1, key.value());
                insert.executeUpdate();
            }
            pause(workMicros);
            if (choice == 0) {
                throw new IllegalStateException("the handler failed");
            }
            if (choice == 1) {
                end(transaction);
            }
            int status = choice < 4 ? 500 : choice < 6 ? 422 : 201;
            return Reply.of(status, Payload.json("{}"));
        });
    }

    private void end(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(endSession);
        }
    }

    private static void pause(long micros) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }

    private Verdict judge(Map<IdempotencyKey, List<Said>> saidOfKeys) throws SQLException {
        Map<String, Integer> effects = effects();
        Map<Said, Integer> said = new HashMap<>();
        int doubled = 0;
        int falseFenced = 0;
        int falseExecuted = 0;
        int falseRejected = 0;
        for (Map.Entry<IdempotencyKey, List<Said>> entry : saidOfKeys.entrySet()) {
            int stands = effects.getOrDefault(entry.getKey().value(), 0);
            List<Said> answers = entry.getValue();
            answers.forEach(answer -> said.merge(answer, 1, Integer::sum));
            doubled += stands > 1 ? 1 : 0;
            falseFenced += stands > 0 && answers.contains(Said.FENCED) ? 1 : 0;
            falseExecuted += stands == 0 && answers.contains(Said.EXECUTED) ? 1 : 0;
            falseRejected += stands > 0 && answers.contains(Said.REJECTED) ? 1 : 0;
        }
        return new Verdict(saidOfKeys.size(), said, doubled, falseFenced, falseExecuted, falseRejected);
    }

    private Map<String, Integer> effects() throws SQLException {
        Map<String, Integer> effects = new HashMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT effect_key, count(*) FROM race_effect GROUP BY effect_key")) {
            while (rows.next()) {
                effects.put(rows.getString(1), rows.getInt(2));
            }
        }
        return effects;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
