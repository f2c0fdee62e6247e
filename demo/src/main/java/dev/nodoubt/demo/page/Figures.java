package dev.nodoubt.demo.page;

import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.LaneResult;
import dev.nodoubt.demo.lane.LaneRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A lane's result as named figures: the same names, order and rounding in every form of the report. */
public final class Figures {

    /** The figures that have to be 0, as the verdict counts them. */
    public static final List<String> FLAWS = List.of("lost", "doubled", "rolledBackButSent", "inDoubt");

    private Figures() {}

    /** The lane's name first, as {@code lane}; then numbers, times with one decimal. */
    public static Map<String, Object> of(LaneResult result) {
        Count count = result.count();
        LaneRun run = result.run();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("lane", result.lane());
        figures.put("transfers", count.transfers());
        figures.put("rolledBack", count.rolledBack());
        figures.put("mailsReceived", count.mails().received());
        figures.put("lost", count.mails().lost());
        figures.put("doubled", count.mails().doubled());
        figures.put("rolledBackButSent", count.mails().rolledBackButSent());
        figures.put("inDoubt", count.inDoubt());
        figures.put("repeatedAtLastHop", count.mails().repeatedAtLastHop());
        figures.put("transferP50Ms", rounded(run.percentileMillis(50)));
        figures.put("transferP99Ms", rounded(run.percentileMillis(99)));
        figures.put("transfersPerSecond", rounded(run.perSecond()));
        figures.put("seconds", rounded(run.settledAfter()));
        return figures;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
