package dev.nodoubt.console;

import dev.nodoubt.call.AttemptRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A call's attempts on one line of time, from its recording to the last thing known of it. Positions are thousandths.
 *
 * @param bars one an attempt, in their order
 * @param span how long all of it took
 */
record Waterfall(List<Bar> bars, Duration span) {

    private static final int WIDTH = 1_000;
    private static final int THINNEST = 6;

    private static final Set<String> ENDS = Set.of("executed", "rejected", "never");
    private static final Set<String> DOUBTS = Set.of("lost", "unmarked", "unknown");

    /**
     * One attempt.
     *
     * @param kind what colours it: a settled outcome's word, {@code lost}, {@code not-sent} or {@code answered}
     * @param begin where it begins
     * @param width how long it took, at least what can be seen
     */
    record Bar(AttemptRecord attempt, String kind, int begin, int width) {}

    static Waterfall of(Instant recorded, List<AttemptRecord> attempts) {
        Instant end = attempts.stream()
                .map(attempt -> attempt.begunAt().plus(attempt.took()))
                .max(Instant::compareTo)
                .orElse(recorded);
        Duration span = end.isAfter(recorded) ? Duration.between(recorded, end) : Duration.ofMillis(1);
        List<Bar> bars =
                attempts.stream().map(attempt -> bar(attempt, recorded, span)).toList();
        return new Waterfall(bars, span);
    }

    private static Bar bar(AttemptRecord attempt, Instant recorded, Duration span) {
        int begin = clamp(share(Duration.between(recorded, attempt.begunAt()), span), WIDTH - THINNEST);
        int width = Math.max(THINNEST, clamp(share(attempt.took(), span), WIDTH - begin));
        return new Bar(attempt, kind(attempt.learnt().classification()), begin, width);
    }

    static String kind(String classification) {
        if (ENDS.contains(classification) || classification.equals("not-sent")) {
            return classification;
        }
        return DOUBTS.contains(classification) ? "lost" : "answered";
    }

    private static int share(Duration part, Duration whole) {
        return (int) (part.toMillis() * WIDTH / Math.max(1, whole.toMillis()));
    }

    private static int clamp(int value, int most) {
        return Math.max(0, Math.min(value, most));
    }
}
