package dev.nodoubt.console;

import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Count;
import dev.nodoubt.call.Overview;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The overview's numbers at one moment.
 *
 * @param now where calls stand
 * @param lately what became of those recorded within the last seconds
 * @param latencies from recording to outcome, of the newest settled calls, shortest first
 */
record Sample(Overview now, Overview.Lately lately, List<Duration> latencies) {

    Sample {
        latencies = latencies.stream().sorted(Comparator.naturalOrder()).toList();
    }

    /**
     * As plots and numbers take it: {@code t} in seconds, rates a second, latencies in seconds, the ages in seconds.
     */
    String json() {
        return String.format(
                Locale.ROOT,
                "{\"t\":%d,\"executed\":%s,\"rejected\":%s,\"never\":%s,\"p50\":%s,\"p99\":%s,\"waiting\":%s,"
                        + "\"doubt\":%s,\"unresolved\":%s,\"handling\":%s,\"oldestDoubt\":%s}",
                now.at().getEpochSecond(),
                rate(CallState.EXECUTED),
                rate(CallState.REJECTED),
                rate(CallState.NEVER),
                quantile(0.5),
                quantile(0.99),
                count(CallState.WAITING),
                count(CallState.IN_DOUBT),
                count(CallState.UNRESOLVED),
                count(CallState.HANDLING),
                age(now.oldestDoubt()));
    }

    private String rate(CallState state) {
        Map<CallState, Count> counts = lately.counts();
        double seconds = Math.max(1, lately.recordedWithin().toSeconds());
        return number(counts.getOrDefault(state, Count.NONE).value() / seconds);
    }

    private String quantile(double share) {
        if (latencies.isEmpty()) {
            return "null";
        }
        int index = (int) Math.min(latencies.size() - 1, Math.floor(share * latencies.size()));
        return number(latencies.get(index).toMillis() / 1_000.0);
    }

    private long count(CallState state) {
        return now.in(state).value();
    }

    private String age(@Nullable Instant since) {
        return since == null
                ? "null"
                : String.valueOf(Duration.between(since, now.at()).toSeconds());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
