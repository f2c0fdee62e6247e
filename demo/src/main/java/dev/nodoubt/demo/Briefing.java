package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.Pace;
import dev.nodoubt.demo.network.Fault;
import java.util.function.Function;

/** Tells before the run what the lanes will meet: the network's faults, and the limits beside their defaults. */
final class Briefing {

    private static final int LABEL = 44;
    private static final int COLUMN = 12;

    private final Texts texts;
    private final StringBuilder lines = new StringBuilder();

    Briefing(Texts texts) {
        this.texts = texts;
    }

    String of(int transfers, long seed) {
        lines.append(texts.get("input", transfers, Race.CLIENTS, seed)).append("\n\n");
        lines.append(texts.get("faults")).append('\n');
        for (Fault fault : Fault.values()) {
            row(texts.get("fault." + fault), fault.percent() + " %", "");
        }
        lines.append('\n');
        row(texts.get("limits"), texts.get("limits.here"), texts.get("limits.default"));
        limit("connect", pace -> pace.connect().toMillis());
        limit("response", pace -> pace.response().toMillis());
        limit("backoffFirst", pace -> pace.backoffFirst().toMillis());
        limit("backoffCap", pace -> pace.backoffCap().toMillis());
        limit("breakerWindow", pace -> (long) pace.breakerWindow());
        limit("breakerOpen", pace -> pace.breakerOpen().toMillis());
        return lines.toString();
    }

    private void limit(String name, Function<Pace, Long> value) {
        row(
                texts.get("limit." + name),
                Long.toString(value.apply(Pace.SHORTENED)),
                Long.toString(value.apply(Pace.DEFAULT)));
    }

    private void row(String label, String first, String second) {
        String row = "  " + Terminal.left(label, LABEL) + Terminal.right(first, COLUMN);
        lines.append((row + Terminal.right(second, COLUMN)).stripTrailing()).append('\n');
    }
}
