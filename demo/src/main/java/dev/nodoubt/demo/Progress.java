package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.lane.LaneRunner;
import java.sql.SQLException;
import java.util.Locale;

/** Shows how far a lane is: a bar where there is a terminal, else a line every few seconds. */
final class Progress {

    private static final int BAR = 28;
    private static final long REWRITE_MILLIS = 200;
    private static final long LINE_MILLIS = 5_000;

    private final Terminal terminal;
    private final Texts texts;
    private final Lane lane;
    private final LaneRunner runner;
    private final int total;
    private final long begin = System.nanoTime();
    private final Thread painter = new Thread(this::paint, "progress");

    Progress(Terminal terminal, Texts texts, Lane lane, LaneRunner runner, int total) {
        this.terminal = terminal;
        this.texts = texts;
        this.lane = lane;
        this.runner = runner;
        this.total = total;
        painter.setDaemon(true);
    }

    void begin() {
        painter.start();
    }

    /** Shows nothing any more once this returns. */
    void end() throws InterruptedException {
        painter.interrupt();
        painter.join();
    }

    private void paint() {
        try {
            while (true) {
                if (terminal.rewrites()) {
                    terminal.status(line(bar() + " "));
                    Thread.sleep(REWRITE_MILLIS);
                } else {
                    Thread.sleep(LINE_MILLIS);
                    terminal.say(line(""));
                }
            }
        } catch (InterruptedException e) {
            // the lane has ended
        }
    }

    private String line(String bar) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        String counted = String.format(Locale.ROOT, "%5d/%d %6.1f s", runner.done(), total, seconds);
        return Terminal.left(lane.name(), 9) + " " + bar + counted + rest();
    }

    private String rest() {
        try {
            int pending = lane.pending();
            return pending == 0 ? "" : "  " + texts.get("progress.pending", pending);
        } catch (SQLException e) {
            return ""; // the database is down, which is no reason to stop showing the rest
        }
    }

    private String bar() {
        boolean blocks = terminal.shows("█░");
        int full = total == 0 ? BAR : (int) ((long) runner.done() * BAR / total);
        return (blocks ? "█" : "#").repeat(full) + (blocks ? "░" : ".").repeat(BAR - full);
    }
}
