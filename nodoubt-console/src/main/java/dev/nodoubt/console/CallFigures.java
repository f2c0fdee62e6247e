package dev.nodoubt.console;

import static dev.nodoubt.console.Figures.number;

import dev.nodoubt.call.CallFilter;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Count;
import dev.nodoubt.call.DeskStore;
import dev.nodoubt.call.Overview;
import dev.nodoubt.call.RecordedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The caller's numbers: a rate of outcomes a second, how many percent of them became what, latencies in seconds, and where
 * open calls stand. {@code null} stands for what nothing says.
 */
final class CallFigures implements Figures {

    private static final int LATENCIES = 200;
    private static final Duration LATELY = Duration.ofSeconds(10);

    private final DeskStore store;

    CallFigures(DeskStore store) {
        this.store = store;
    }

    @Override
    public String json() {
        CallQuery settled = CallQuery.NEWEST
                .in(CallState.EXECUTED, CallState.REJECTED, CallState.NEVER)
                .limit(LATENCIES);
        Instant from = Instant.now().minus(Duration.ofMinutes(1));
        List<Duration> latencies = store.search(CallFilter.of(settled).made(from, null)).calls().stream()
                .map(CallFigures::latency)
                .flatMap(Optional::stream)
                .toList();
        Overview now = store.overview(LATELY);
        return standing(now) + "," + settled(now.settled()) + "," + latencies(latencies);
    }

    @Override
    public void pause() {
        // each reading stands by itself
    }

    private static Optional<Duration> latency(RecordedCall call) {
        return Optional.ofNullable(call.settled())
                .map(settled -> Duration.between(call.standing().recordedAt(), settled.at()));
    }

    private static String standing(Overview now) {
        return String.format(
                Locale.ROOT,
                "\"waiting\":%d,\"doubt\":%d,\"unresolved\":%d",
                now.in(CallState.WAITING).value(),
                now.in(CallState.IN_DOUBT).value(),
                now.in(CallState.UNRESOLVED).value());
    }

    static String settled(Overview.Lately lately) {
        long executed = count(lately, CallState.EXECUTED);
        long rejected = count(lately, CallState.REJECTED);
        long never = count(lately, CallState.NEVER);
        long all = executed + rejected + never;
        return String.format(
                "\"settled\":%s,\"executed\":%s,\"rejected\":%s,\"never\":%s",
                number(all / (double) Math.max(1, lately.recordedWithin().toSeconds())),
                percent(executed, all),
                percent(rejected, all),
                percent(never, all));
    }

    private static long count(Overview.Lately lately, CallState state) {
        return lately.counts().getOrDefault(state, Count.NONE).value();
    }

    private static String percent(long part, long all) {
        return all == 0 ? "null" : number(100.0 * part / all);
    }

    static String latencies(List<Duration> unsorted) {
        List<Duration> sorted = unsorted.stream().sorted().toList();
        return "\"p50\":" + quantile(sorted, 0.5) + ",\"p99\":" + quantile(sorted, 0.99);
    }

    private static String quantile(List<Duration> sorted, double share) {
        if (sorted.isEmpty()) {
            return "null";
        }
        int index = (int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size()));
        return number(sorted.get(index).toMillis() / 1_000.0);
    }
}
