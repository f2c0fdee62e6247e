package dev.nodoubt.bench.parts;

import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What was measured, as a table.
 *
 * @param pace how often and how long each part ran
 */
record PartsReport(String pace, List<Row> rows) {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * One part.
     *
     * @param nanos a call took on average
     * @param error half of the interval in which the average lies at 99.9 %; not a number after one iteration
     * @param bytes that a call allocated on average; not a number where the JVM does not tell
     */
    record Row(String name, double nanos, double error, double bytes) {

        static Row of(String name, RunResult result) {
            Result<?> time = result.getPrimaryResult();
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            return new Row(
                    name, time.getScore(), time.getScoreError(), allocated == null ? Double.NaN : allocated.getScore());
        }

        String line() {
            return "%-36s%14s%14s%12s".formatted(name, number(nanos), number(error), number(bytes));
        }

        private static String number(double value) {
            return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,.1f", value);
        }
    }

    String text() {
        StringBuilder text =
                new StringBuilder("\nThe parts on Java " + Runtime.version() + ": 1 fork, " + pace + "\n\n");
        text.append("%-36s%14s%14s%12s%n".formatted("", "ns a call", "error", "bytes"));
        rows.forEach(row -> text.append(row.line()).append('\n'));
        return text.append("""

                Error: the average lies within it at 99.9 %. Bytes: allocated per call. They are this machine's, on this day.
                """).toString();
    }
}
