package dev.nodoubt.gate;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Short random waits, so that racers do not meet again. An interrupt ends one early and stays set. */
final class Pause {

    /** How often a transaction that has not reached the handler may begin anew. */
    static final int MOST_TURNS = 5;

    private Pause() {}

    /** Between the two probes of a key: long enough for a query's shared probe to end. */
    static void betweenProbes() {
        between(5, 20);
    }

    /** Before a turn: none before the first, longer before each further one. */
    static void beforeTurn(int turn) {
        if (turn > 0) {
            between(2L << turn, 8L << turn);
        }
    }

    /** While another attempt of the key is in progress: short at first, up to a quarter of a second. */
    static void whileInProgress(int round) {
        long most = Math.min(250, 20L << Math.min(round, 4));
        between(most / 2, most);
    }

    private static void between(long leastMillis, long mostMillis) {
        long micros = ThreadLocalRandom.current().nextLong(leastMillis * 1000, mostMillis * 1000);
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }
}
