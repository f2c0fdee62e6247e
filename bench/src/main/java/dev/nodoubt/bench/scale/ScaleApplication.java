package dev.nodoubt.bench.scale;

import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.bench.delivery.Application;
import dev.nodoubt.bench.delivery.Contender;
import dev.nodoubt.bench.delivery.Surroundings;
import dev.nodoubt.bench.delivery.peer.NoDoubt;
import dev.nodoubt.bench.delivery.peer.TransferAlone;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.Relay;
import dev.nodoubt.http.HttpTarget;
import dev.nodoubt.jdbc.JdbcCallStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The application as a process, with nodoubt or with the transfer alone; it can be watched and can purge. */
final class ScaleApplication {

    /** As {@code Upkeep} has them; that one begins after a minute, so it is not waited for. */
    private static final int PURGE_BATCH = 1_000;

    private static final int PURGE_PAUSE_MILLIS = 100;

    private static final AtomicLong PURGED = new AtomicLong();

    /**
     * How it is started.
     *
     * @param plain the transfer alone, without calls
     * @param delayMillis of the target: attempts may take that much longer
     * @param inMemory calls that nodoubt may hold
     */
    record Setup(boolean plain, int pool, int workers, int firstNumber, int delayMillis, int inMemory) {

        /** As the comparison with the peers has it. */
        static final Setup USUAL = new Setup(false, 40, 32, 0, 0, Relay.Settings.DEFAULT.inMemory());

        Setup withPlain() {
            return new Setup(true, pool, workers, firstNumber, delayMillis, inMemory);
        }

        Setup withFirstNumber(int first) {
            return new Setup(plain, pool, workers, first, delayMillis, inMemory);
        }

        List<String> arguments(String jdbcUrl, int targetPort) {
            return List.of(
                    jdbcUrl,
                    Integer.toString(targetPort),
                    Boolean.toString(plain),
                    Integer.toString(pool),
                    Integer.toString(workers),
                    Integer.toString(firstNumber),
                    Integer.toString(delayMillis),
                    Integer.toString(inMemory));
        }

        private static Setup of(List<String> arguments) {
            return new Setup(
                    Boolean.parseBoolean(arguments.get(2)),
                    Integer.parseInt(arguments.get(3)),
                    Integer.parseInt(arguments.get(4)),
                    Integer.parseInt(arguments.get(5)),
                    Integer.parseInt(arguments.get(6)),
                    Integer.parseInt(arguments.get(7)));
        }

        /** Defaults, but where the target is slow: a lost answer would be repeated, and this target keeps no keys. */
        private NoDoubt.Tuning tuning() {
            Relay.Settings usual = Relay.Settings.DEFAULT;
            if (delayMillis == 0) {
                return new NoDoubt.Tuning(settings(usual.lease()), HttpTarget.Timeouts.DEFAULT, true);
            }
            Duration patience = Duration.ofMillis(delayMillis).plusSeconds(20);
            Duration toConnect = Duration.ofSeconds(5);
            HttpTarget.Timeouts timeouts = new HttpTarget.Timeouts(toConnect, patience, patience, toConnect);
            return new NoDoubt.Tuning(settings(patience.plusSeconds(20)), timeouts, false);
        }

        private Relay.Settings settings(Duration lease) {
            Relay.Settings usual = Relay.Settings.DEFAULT;
            return new Relay.Settings(usual.node(), lease, usual.scan(), inMemory, usual.batch(), usual.retention());
        }
    }

    private ScaleApplication() {}

    public static void main(String[] args) throws Exception {
        int targetPort = Integer.parseInt(args[1]);
        Setup setup = Setup.of(List.of(args));
        HikariDataSource pool = Application.pool(args[0], setup.pool);
        Surroundings surroundings = new Surroundings(pool, targetPort, setup.workers);
        Watch watch = new Watch(pool.getHikariPoolMXBean());
        Contender contender;
        if (setup.plain) {
            contender = new TransferAlone(surroundings);
        } else {
            NoDoubt nodoubt = new NoDoubt(surroundings, setup.tuning());
            watch.begin(nodoubt::held);
            contender = new Counted(nodoubt, targetPort, setup.firstNumber);
        }
        CallStore store = new JdbcCallStore(pool);
        Application application = new Application(pool, contender, targetPort, setup.firstNumber)
                .with("/watched", o -> watch.seen())
                .with("/purge", o -> {
                    daemon("purge", () -> purge(store));
                    return Map.of();
                })
                .with("/purged", o -> Map.of("rows", (double) PURGED.get()));
        System.out.println("READY " + application.listen(Integer.parseInt(args[args.length - 1])));
    }

    static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Until nothing is left that is past its retention. */
    private static void purge(CallStore store) {
        int gone = PURGE_BATCH;
        while (gone >= PURGE_BATCH) {
            gone = store.purge(CallStore.Retention.DEFAULT, PURGE_BATCH);
            PURGED.addAndGet(gone);
            int pause = PURGE_PAUSE_MILLIS + ThreadLocalRandom.current().nextInt(PURGE_PAUSE_MILLIS / 5);
            LockSupport.parkNanos(pause * 1_000_000L);
        }
    }
}
