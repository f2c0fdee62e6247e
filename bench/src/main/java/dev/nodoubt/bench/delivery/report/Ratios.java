package dev.nodoubt.bench.delivery.report;

import dev.nodoubt.bench.delivery.report.Ratio.Beside;
import java.util.List;

/** What nodoubt has to reach, and hopes for. */
final class Ratios {

    private static final String DONE_32 = "closed32.donePerSecond";
    private static final String DONE_8 = "closed8.donePerSecond";
    private static final String DONE_32_LABEL = "calls a second, 32 producers";
    private static final String DONE_8_LABEL = "calls a second, 8 producers";

    // The ideal's: the middle of what it showed in the runs by which the goals were chosen.
    private static final Goal BESIDE_TRANSFER_32 = Goal.atLeast(0.55, 0.70).whereTheIdealShowed(0.685);
    private static final Goal BESIDE_TRANSFER_8 = Goal.atLeast(0.45, 0.60).whereTheIdealShowed(0.575);
    private static final Goal BESIDE_PEER = Goal.atLeast(2.0, 2.5);
    private static final Goal BESIDE_PLAIN = Goal.atLeast(0.75, 0.95);
    private static final Goal COMMITS = Goal.atMost(0.05, 0.02);
    private static final Goal WAL = Goal.atMost(1_300, 1_000);
    private static final Goal DATABASE_CPU = Goal.atMost(60, 35);

    static final List<Ratio> ALL = List.of(
            new Ratio(DONE_32_LABEL, DONE_32, Beside.TRANSFER, BESIDE_TRANSFER_32),
            new Ratio(DONE_8_LABEL, DONE_8, Beside.TRANSFER, BESIDE_TRANSFER_8),
            new Ratio(DONE_32_LABEL, DONE_32, Beside.BEST_PEER, BESIDE_PEER),
            new Ratio(DONE_8_LABEL, DONE_8, Beside.BEST_PEER, BESIDE_PEER),
            new Ratio(DONE_32_LABEL, DONE_32, Beside.PLAIN, BESIDE_PLAIN),
            new Ratio(DONE_8_LABEL, DONE_8, Beside.PLAIN, BESIDE_PLAIN),
            new Ratio("commit to delivered, p50", "open.p50Millis", Beside.BEST_PEER, Goal.atMost(0.5, 0.2)),
            new Ratio("commit to delivered, p99", "open.p99Millis", Beside.BEST_PEER, Goal.atMost(0.5, 0.15)),
            new Ratio("drained a second", "drain.donePerSecond", Beside.BEST_PEER, Goal.atLeast(2, 3)),
            new Ratio("drain, second half ÷ first", "drain.secondHalfToFirst", Beside.NOBODY, Goal.atLeast(0.9, 1)),
            new Ratio("commits a call, 32 producers,", "closed32.commits", Beside.BEYOND_TRANSFER, COMMITS),
            new Ratio("commits a call, 8 producers,", "closed8.commits", Beside.BEYOND_TRANSFER, COMMITS),
            new Ratio("WAL bytes a call, 32 producers", "closed32.walBytes", Beside.NOBODY, WAL),
            new Ratio("WAL bytes a call, 8 producers", "closed8.walBytes", Beside.NOBODY, WAL),
            new Ratio(
                    "database CPU µs a call, 32 producers,",
                    "closed32.databaseMicros",
                    Beside.BEYOND_TRANSFER,
                    DATABASE_CPU),
            new Ratio(
                    "database CPU µs a call, 8 producers,",
                    "closed8.databaseMicros",
                    Beside.BEYOND_TRANSFER,
                    DATABASE_CPU),
            new Ratio("dead rows a call, steady", "closed32.deadRows", Beside.NOBODY, Goal.atMost(1, 1)),
            new Ratio("dead rows a call, drained", "drain.deadRows", Beside.NOBODY, Goal.atMost(2, 1)));

    private Ratios() {}
}
