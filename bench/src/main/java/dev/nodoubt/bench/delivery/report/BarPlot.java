package dev.nodoubt.bench.delivery.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Horizontal bars as plain SVG, readable on light and dark ground.
 *
 * @param name for identifiers: letters
 * @param axis what is shown, with its unit
 * @param parts names of what bars are stacked of; empty when each is one piece
 */
record BarPlot(String name, String title, String axis, boolean logarithmic, List<String> parts, List<Group> groups) {

    /** Bars under one head. */
    record Group(String title, List<Bar> bars) {}

    /**
     * @param values of its parts, from the left
     * @param spread drawn as a line where there is one
     */
    record Bar(String label, Kind kind, List<Double> values, Optional<Spread> spread) {
        double length() {
            return values.stream().mapToDouble(Double::doubleValue).sum();
        }

        double farthest() {
            return spread.map(Spread::greatest).orElse(length());
        }

        String text() {
            return values.stream().map(Numbers::text).collect(Collectors.joining(" + "));
        }
    }

    private static final int WIDTH = 760;
    private static final int LEFT = 130;
    private static final int RIGHT = 630;
    private static final int TOP = 44;
    private static final int HEAD = 28;
    private static final int ROW = 24;
    private static final int BAR = 14;
    private static final int FOOT = 52;

    private static final String ROOT = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img"
             aria-labelledby="%s-title %s-desc">""";

    private static final String STYLE = """
            <style>
            svg { font: 13px system-ui, sans-serif; }
            .ground { fill: #ffffff; } text { fill: #1f2328; } .quiet { fill: #59636e; }
            .title { font-size: 16px; font-weight: 600; } .head, .nodoubt-label { font-weight: 600; }
            .grid { stroke: #d8dee4; } .spread { stroke: #1f2328; }
            .floor { fill: #c4cbd2; } .peer { fill: #8c959f; } .nodoubt { fill: #0969da; } .part1 { fill-opacity: 0.5; }
            @media (prefers-color-scheme: dark) {
            .ground { fill: #0d1117; } text { fill: #e6edf3; } .quiet { fill: #9198a1; }
            .grid { stroke: #30363d; } .spread { stroke: #e6edf3; }
            .floor { fill: #57606a; } .peer { fill: #7d8590; } .nodoubt { fill: #4493f8; }
            }
            </style>
            """;

    BarPlot {
        parts = List.copyOf(parts);
        groups = List.copyOf(groups);
    }

    String svg() {
        int height = TOP
                + groups.stream()
                        .mapToInt(group -> HEAD + ROW * group.bars().size())
                        .sum()
                + FOOT;
        StringBuilder svg = new StringBuilder();
        add(svg, ROOT, WIDTH, height, WIDTH, height, name, name);
        add(svg, "<title id=\"%s-title\">%s</title>", name, escaped(title));
        add(svg, "<desc id=\"%s-desc\">%s</desc>", name, escaped(description()));
        svg.append(STYLE);
        add(svg, "<rect class=\"ground\" width=\"%d\" height=\"%d\"/>", WIDTH, height);
        add(svg, "<text class=\"title\" x=\"16\" y=\"28\">%s</text>", escaped(title));
        legend(svg);
        Scale scale = scale();
        axis(svg, scale, height - FOOT + 4);
        int y = TOP;
        for (Group group : groups) {
            add(svg, "<text class=\"head\" x=\"16\" y=\"%d\">%s</text>", y + 18, escaped(group.title()));
            y += HEAD;
            for (Bar bar : group.bars()) {
                bar(svg, bar, scale, y);
                y += ROW;
            }
        }
        add(svg, "</svg>");
        return svg.toString();
    }

    /** Everything that is drawn, in words. */
    private String description() {
        return groups.stream()
                .map(group -> group.title() + ": "
                        + group.bars().stream()
                                .map(bar -> bar.label() + " " + bar.text())
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; ", axis + ". ", "."));
    }

    private Scale scale() {
        List<Bar> bars = groups.stream().flatMap(group -> group.bars().stream()).toList();
        return logarithmic
                ? Scale.logarithmic(bars.stream()
                        .flatMapToDouble(bar -> bar.spread().stream()
                                .flatMapToDouble(spread -> DoubleStream.of(spread.least(), spread.greatest()))))
                : Scale.linear(bars.stream().mapToDouble(Bar::farthest));
    }

    private void legend(StringBuilder svg) {
        int x = 420;
        for (int part = 0; part < parts.size(); part++) {
            add(svg, "<rect class=\"nodoubt part%d\" x=\"%d\" y=\"17\" width=\"12\" height=\"12\"/>", part, x);
            add(svg, "<text class=\"quiet\" x=\"%d\" y=\"28\">%s</text>", x + 18, escaped(parts.get(part)));
            x += 120;
        }
    }

    private void axis(StringBuilder svg, Scale scale, int bottom) {
        for (double tick : scale.ticks()) {
            double x = x(scale, tick);
            add(svg, "<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>", x, TOP, x, bottom);
            add(
                    svg,
                    "<text class=\"quiet\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x,
                    bottom + 16,
                    Numbers.exact(tick));
        }
        add(
                svg,
                "<text class=\"quiet\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + RIGHT) / 2,
                bottom + 36,
                escaped(axis));
    }

    private static void bar(StringBuilder svg, Bar bar, Scale scale, int y) {
        String kind = bar.kind().title();
        double middle = y + BAR / 2.0;
        double baseline = middle + 4.5;
        add(
                svg,
                "<text class=\"%s-label\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                kind,
                LEFT - 8,
                baseline,
                escaped(bar.label()));
        pieces(svg, bar, scale, y);
        bar.spread()
                .filter(spread -> spread.least() < spread.greatest())
                .ifPresent(spread -> add(
                        svg,
                        "<line class=\"spread\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                        x(scale, spread.least()),
                        middle,
                        x(scale, spread.greatest()),
                        middle));
        add(
                svg,
                "<text class=\"%s-label\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                kind,
                x(scale, Math.max(bar.length(), bar.farthest())) + 8,
                baseline,
                bar.text());
    }

    private static void pieces(StringBuilder svg, Bar bar, Scale scale, int y) {
        // Below what is half transparent, so that the grid does not shine through.
        add(
                svg,
                "<rect class=\"ground\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                LEFT,
                y,
                x(scale, bar.length()) - LEFT,
                BAR);
        double before = 0;
        for (int part = 0; part < bar.values().size(); part++) {
            double from = part == 0 ? LEFT : x(scale, before);
            before += bar.values().get(part);
            add(
                    svg,
                    "<rect class=\"%s part%d\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                    bar.kind().title(),
                    part,
                    from,
                    y,
                    x(scale, before) - from,
                    BAR);
        }
    }

    private static double x(Scale scale, double value) {
        return LEFT + (RIGHT - LEFT) * scale.position(value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void add(StringBuilder svg, String pattern, Object... values) {
        svg.append(String.format(Locale.ROOT, pattern, values)).append('\n');
    }
}
