package dev.nodoubt.console;

import static dev.nodoubt.console.Figures.number;

import dev.nodoubt.gate.GateCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The receiver's numbers: each kind of decision a second, from one reading to the next, and what was counted in all. The
 * first rates after a pause are {@code null}.
 */
final class GateFigures implements Figures {

    private final Supplier<GateCounts> counts;
    private final Supplier<Receiver.Kept> kept;
    private final InstantSource clock;
    private @Nullable Reading before;

    /** What was counted when. */
    private record Reading(Map<Decision, Long> counts, Instant at) {}

    /** Nothing is read before it is asked for. */
    GateFigures(Supplier<GateCounts> counts, Supplier<Receiver.Kept> kept, InstantSource clock) {
        this.counts = counts;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public String json() {
        Receiver.Kept rows = kept.get();
        Reading now = new Reading(Decision.counted(counts.get()), clock.instant());
        List<String> members = new ArrayList<>();
        now.counts.forEach((decision, count) -> {
            members.add("\"gate-" + decision.word() + "\":" + rate(decision, count, now));
            members.add("\"count-" + decision.word() + "\":" + count);
        });
        members.add("\"keys\":" + rows.keys());
        members.add("\"tombstones\":" + rows.tombstones());
        before = now;
        return String.join(",", members);
    }

    private String rate(Decision decision, long count, Reading now) {
        if (before == null) {
            return "null";
        }
        double seconds = Duration.between(before.at, now.at).toMillis() / 1_000.0;
        return seconds <= 0 ? "null" : number((count - before.counts.getOrDefault(decision, 0L)) / seconds);
    }

    @Override
    public void pause() {
        before = null;
    }
}
