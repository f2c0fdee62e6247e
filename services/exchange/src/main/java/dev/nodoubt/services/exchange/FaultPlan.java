package dev.nodoubt.services.exchange;

import java.time.Duration;
import java.util.Arrays;

/**
 * Which fault meets which request: a pure function of seed, operation, client order id and the number of the attempt, and
 * of no clock.
 *
 * @param loss how many of all requests meet a fault, 0 to 1
 */
record FaultPlan(long seed, double loss) {

    private static final Fault[] FAULTS = Fault.values();
    private static final int SHARES =
            Arrays.stream(FAULTS).mapToInt(Fault::share).sum();

    /** What is asked of the exchange. */
    enum Operation {
        ORDER,
        CANCEL,
        QUERY
    }

    /**
     * One request.
     *
     * @param id the client order id
     * @param attempt of this operation with this id, counted from 1
     */
    record Point(Operation operation, String id, int attempt) {}

    Fault fault(Point point) {
        if (fraction(point, 1) >= loss) {
            return Fault.NONE;
        }
        double share = fraction(point, 2) * SHARES;
        for (Fault fault : FAULTS) {
            share -= fault.share();
            if (share < 0) {
                return fault;
            }
        }
        throw new AssertionError("a fraction is less than 1");
    }

    /** How late an order is processed that is processed late: between a half and nearly all of the processing time. */
    Duration lateness(Point point, Duration processingTime) {
        return Duration.ofNanos((long) ((0.5 + 0.45 * fraction(point, 3)) * processingTime.toNanos()));
    }

    private double fraction(Point point, long purpose) {
        long mixed = mix(mix(seed) + purpose);
        mixed = mix(mixed + point.attempt());
        String asked = point.operation() + " " + point.id();
        for (int i = 0; i < asked.length(); i++) {
            mixed = mix(mixed + asked.charAt(i));
        }
        return (mixed >>> 11) * 0x1.0p-53;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
