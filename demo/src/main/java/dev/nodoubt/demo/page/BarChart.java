package dev.nodoubt.demo.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Groups of horizontal bars on one scale from 0, each with its label before it and its number behind it, so that neither
 * a legend nor colours are needed to read them.
 *
 * @param name unique on its page
 * @param title what is shown, told to who does not see it
 * @param width of the whole picture; its height follows
 * @param groups from top to bottom
 */
record BarChart(String name, String title, int width, List<Group> groups) {

    private static final int LABELS = 148;
    private static final int NUMBERS = 96;
    private static final int GAP = 8;
    private static final int HEAD = 24;
    private static final int ROW = 20;
    private static final int BAR = 13;
    private static final int BASELINE = 11;
    private static final int BETWEEN = 12;

    /**
     * Bars that belong together.
     *
     * @param title of the group; empty for a chart of one group, which needs none
     * @param note behind it in small; may be empty
     */
    record Group(String title, String note, List<Bar> bars) {

        private int head() {
            return title.isEmpty() ? 0 : HEAD;
        }

        private String described() {
            String all =
                    bars.stream().map(bar -> bar.label() + " " + bar.shown()).collect(Collectors.joining(", "));
            return title.isEmpty() ? all : title + ": " + all;
        }
    }

    /**
     * One bar.
     *
     * @param label before it
     * @param value its length, not negative
     * @param shown the number as text
     * @param colour a class of the style sheet
     */
    record Bar(String label, double value, String shown, String colour) {}

    /** A picture of its own inside a page that brings the style sheet. */
    String svg() {
        return """
                <svg class="plot" viewBox="0 0 %1$d %2$d" role="img" aria-labelledby="%3$s-title %3$s-desc">
                <title id="%3$s-title">%4$s</title>
                <desc id="%3$s-desc">%5$s</desc>
                %6$s</svg>
                """.formatted(
                width, height(), Markup.escape(name), Markup.escape(title), Markup.escape(description()), drawn(0));
    }

    /** How much room all groups take. */
    int height() {
        return groups.stream()
                        .mapToInt(group -> group.head() + ROW * group.bars().size())
                        .sum()
                + BETWEEN * Math.max(0, groups.size() - 1);
    }

    /** All numbers as a sentence. */
    String description() {
        return groups.stream().map(Group::described).collect(Collectors.joining("; ", "", "."));
    }

    /** The groups alone. */
    String drawn(int top) {
        double longest = groups.stream()
                .flatMap(group -> group.bars().stream())
                .mapToDouble(Bar::value)
                .max()
                .orElse(0);
        StringBuilder svg = new StringBuilder();
        int y = top;
        for (Group group : groups) {
            head(svg, group, y);
            y += group.head();
            for (Bar bar : group.bars()) {
                row(svg, bar, y, longest);
                y += ROW;
            }
            y += BETWEEN;
        }
        return svg.toString();
    }

    private static void head(StringBuilder svg, Group group, int y) {
        if (!group.title().isEmpty()) {
            svg.append("<text class=\"group\" x=\"0\" y=\"%d\">%s"
                    .formatted(y + BASELINE + 3, Markup.escape(group.title())));
            svg.append(" <tspan class=\"note\" dx=\"4\">%s</tspan></text>%n".formatted(Markup.escape(group.note())));
        }
        int top = y + group.head();
        int bottom = top + ROW * group.bars().size() - (ROW - BAR);
        svg.append("<path class=\"axis\" d=\"M%d %dV%d\"/>%n".formatted(LABELS + GAP, top, bottom));
    }

    private void row(StringBuilder svg, Bar bar, int y, double longest) {
        int start = LABELS + GAP;
        double room = (double) width - start - NUMBERS;
        double length = longest == 0 ? 0 : bar.value() / longest * room;
        // what is there is seen, however little
        double seen = bar.value() > 0 ? Math.max(length, 1.5) : 0;
        svg.append("<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>"
                .formatted(LABELS, y + BASELINE, Markup.escape(bar.label())));
        if (seen > 0) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"1.5\"/>",
                    bar.colour(),
                    start,
                    y,
                    seen,
                    BAR));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>%n",
                bar.value() > 0 ? "number" : "number zero",
                start + seen + 6,
                y + BASELINE,
                Markup.escape(bar.shown())));
    }
}
