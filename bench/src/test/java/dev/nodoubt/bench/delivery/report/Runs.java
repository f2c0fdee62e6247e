package dev.nodoubt.bench.delivery.report;

import java.util.List;
import java.util.Map;

/** A run for tests: two rounds of a floor, nodoubt and a peer that has a name to be escaped. */
final class Runs {

    private Runs() {}

    static Run small(String label) {
        return new Run(
                label,
                "2026-01-02T03:04:05Z",
                Map.of("machine", Map.of("cpu", "\"fast\" & <cheap>", "cores", "2")),
                List.of(
                        new Participant("transfer", Kind.FLOOR, ""),
                        new Participant("nodoubt", Kind.NODOUBT, "0.1.0"),
                        new Participant("this & <that>", Kind.PEER, "unknown")),
                List.of(
                        round("transfer", 0, 1_000),
                        round("nodoubt", 0, 600),
                        round("this & <that>", 0, 200),
                        round("transfer", 1, 1_200),
                        round("nodoubt", 1, 660),
                        round("this & <that>", 1, 300)));
    }

    private static Measured round(String contender, int round, double perSecond) {
        return new Measured(
                contender,
                round,
                Map.of(
                        "closed32.donePerSecond",
                        perSecond,
                        "closed32.applicationMicros",
                        100_000 / perSecond,
                        "closed32.databaseMicros",
                        50_000 / perSecond,
                        "open.p50Millis",
                        500 / perSecond,
                        "open.p99Millis",
                        0.0,
                        "drain.secondHalfToFirst",
                        Double.POSITIVE_INFINITY));
    }
}
