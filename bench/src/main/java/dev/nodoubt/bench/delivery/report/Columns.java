package dev.nodoubt.bench.delivery.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A Markdown table that can be read as text too.
 *
 * @param rows the head first; each as long as the head
 */
record Columns(List<List<String>> rows) {

    Columns {
        rows = rows.stream().map(List::copyOf).toList();
    }

    String text() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < rows.get(0).size(); column++) {
            int at = column;
            widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
        }
        StringBuilder text = new StringBuilder();
        line(text, rows.get(0), widths);
        for (int column = 0; column < widths.size(); column++) {
            // Numbers stand at the right, names at the left.
            text.append(column == 0 ? "|:" : "|-")
                    .append("-".repeat(widths.get(column)))
                    .append(column == 0 ? "-" : ":");
        }
        text.append("|\n");
        rows.subList(1, rows.size()).forEach(row -> line(text, row, widths));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> row, List<Integer> widths) {
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            String blank = " ".repeat(widths.get(column) - cell.length());
            text.append("| ").append(column == 0 ? cell + blank : blank + cell).append(' ');
        }
        text.append("|\n");
    }
}
