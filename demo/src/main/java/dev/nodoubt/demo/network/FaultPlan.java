package dev.nodoubt.demo.network;

import java.time.Duration;

/**
 * Which fault meets which attempt: a pure function of seed, transfer number and attempt number, and of nothing else, so
 * that every lane meets the same network.
 *
 * @param seed the run's seed
 * @param doubles whether it doubles requests, which no caller can help where the receiver does not look
 */
public record FaultPlan(long seed, boolean doubles) implements Faults {

    private static final Fault[] FAULTS = Fault.values();
    private static final long FAULT = 1;
    private static final long DELAY = 2;

    /** With every fault. */
    public FaultPlan(long seed) {
        this(seed, true);
    }

    /**
     * The fault of one attempt.
     *
     * @param transfer the transfer's number in the input
     * @param attempt counted from 1
     */
    @Override
    public Fault fault(long transfer, int attempt) {
        int point = (int) Long.remainderUnsigned(mix(transfer, attempt, FAULT), 100);
        for (Fault fault : FAULTS) {
            point -= fault.percent();
            if (point < 0) {
                return fault == Fault.DUPLICATE && !doubles ? Fault.NONE : fault;
            }
        }
        throw new AssertionError("the shares of all faults must add up to 100");
    }

    /**
     * How long after its arrival a late or delayed message goes on, {@code longerThan} excluded, up to five times of it:
     * before the caller's next attempt, beside it or after it.
     *
     * @param longerThan the caller's patience
     */
    @Override
    public Duration delay(long transfer, int attempt, Duration longerThan) {
        double fraction = (mix(transfer, attempt, DELAY) >>> 11) * 0x1.0p-53;
        return longerThan.plusMillis(50).plusMillis((long) (fraction * 4 * longerThan.toMillis()));
    }

    /** The finalizer of SplitMix64 over each of the inputs in turn. */
    private long mix(long transfer, int attempt, long purpose) {
        return mix(mix(mix(mix(seed) + transfer) + attempt) + purpose);
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
