package dev.nodoubt.demo.page;

import dev.nodoubt.demo.lane.LaneResult;
import java.util.List;
import java.util.Map;

/** The report's pictures, from the same figures as its table. */
final class Plots {

    private static final int WIDTH = 470;

    private final PageTexts texts;
    private final List<LaneResult> lanes;

    Plots(PageTexts texts, List<LaneResult> lanes) {
        this.texts = texts;
        this.lanes = lanes;
    }

    /** What must be 0, per lane. */
    BarChart flaws(int width) {
        return new BarChart("flaws", texts.get("plot.flaws"), width, groups(Figures.FLAWS));
    }

    /** How long a transfer took, per lane. */
    BarChart latency() {
        return new BarChart(
                "latency", texts.get("plot.latency"), WIDTH, groups(List.of("transferP50Ms", "transferP99Ms")));
    }

    /** When the last mail was settled, per lane. */
    BarChart settling() {
        List<BarChart.Bar> bars = lanes.stream()
                .map(lane -> bar(lane.lane(), "seconds", Figures.of(lane)))
                .toList();
        return new BarChart("settling", texts.get("plot.settling"), WIDTH, List.of(new BarChart.Group("", "", bars)));
    }

    BarChart flaws() {
        return flaws(WIDTH);
    }

    private List<BarChart.Group> groups(List<String> keys) {
        return lanes.stream()
                .map(lane -> {
                    Map<String, Object> figures = Figures.of(lane);
                    return new BarChart.Group(
                            lane.lane(),
                            texts.ifAny("lane." + lane.lane()),
                            keys.stream()
                                    .map(key -> bar(texts.get("bar." + key), key, figures))
                                    .toList());
                })
                .toList();
    }

    private BarChart.Bar bar(String label, String key, Map<String, Object> figures) {
        double value = figures.get(key) instanceof Number number ? number.doubleValue() : 0;
        String shown = String.valueOf(figures.get(key)) + texts.ifAny("unit." + key);
        return new BarChart.Bar(label, value, shown, key);
    }
}
