package dev.nodoubt.console;

import java.util.Arrays;
import java.util.List;

/** What the navigation leads to, in its order. */
enum Section {
    OVERVIEW("", "o", Needs.CALLS),
    CALLS("calls", "c", Needs.CALLS),
    ATTENTION("attention", "a", Needs.CALLS),
    TARGETS("targets", "t", Needs.CALLS),
    RECEIVER("receiver", "r", Needs.GATE),
    AUDIT("audit", "u", Needs.NOTHING),
    NODES("nodes", "n", Needs.CALLS);

    private enum Needs {
        CALLS,
        GATE,
        NOTHING
    }

    private final String path;
    private final String key;
    private final Needs needs;

    Section(String path, String key, Needs needs) {
        this.path = path;
        this.key = key;
        this.needs = needs;
    }

    /**
     * Those that an application has something to show for.
     *
     * @param calls whether it records calls
     * @param gate whether it is a receiver
     */
    static List<Section> of(boolean calls, boolean gate) {
        return Arrays.stream(values())
                .filter(section -> switch (section.needs) {
                    case CALLS -> calls;
                    case GATE -> gate;
                    case NOTHING -> true;
                })
                .toList();
    }

    static boolean isPath(String path) {
        return Arrays.stream(values()).anyMatch(section -> section.path.equals(path));
    }

    /** Below the console's address; empty for the console itself. */
    String path() {
        return path;
    }

    /** The letter that goes there after a {@code g}. */
    String key() {
        return key;
    }

    /** Its name's key among the texts. */
    String text() {
        return "nav." + (path.isEmpty() ? "overview" : path);
    }
}
