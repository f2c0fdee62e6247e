package dev.nodoubt.bench.gate;

/**
 * What clients saw in one round.
 *
 * @param latencies of every request, in nanoseconds, sorted
 * @param nanos from the first request to the last answer
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and large
record Sample(long[] latencies, long nanos) {

    int requests() {
        return latencies.length;
    }

    double perSecond() {
        return requests() * 1e9 / nanos;
    }

    /** The latency that so many percent did not exceed, in milliseconds. */
    double millis(int percent) {
        return latencies[Math.min(latencies.length - 1, latencies.length * percent / 100)] / 1e6;
    }
}
