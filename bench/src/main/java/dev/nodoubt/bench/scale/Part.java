package dev.nodoubt.bench.scale;

import dev.nodoubt.bench.measure.InvalidOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What grows. */
enum Part {
    /** Settled rows. */
    SETTLED,
    /** Calls of the same target and node that are not due. */
    LATER,
    /** Due calls that this node holds, of a target that cannot be reached. */
    PAUSED,
    /** The same calls, which a node that ended has left. */
    LEFT,
    /** Rows past their retention, which are being deleted. */
    RETENTION,
    /** Time, in slices, while a foreign transaction keeps vacuum from every dead row. */
    PINNED,
    /** The same time for the transfer alone: its own rows die too. */
    PINNED_PLAIN,
    /** The same time without that transaction. */
    UNPINNED,
    /** Processes that share the same number of producers. */
    RELAYS;

    boolean isSliced() {
        return this == PINNED || this == PINNED_PLAIN || this == UNPINNED;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String titles() {
        return Arrays.stream(values()).map(Part::title).collect(Collectors.joining(","));
    }

    static List<Part> titled(String titles) throws InvalidOption {
        List<String> known = Arrays.stream(values()).map(Part::title).toList();
        for (String title : titles.split(",", -1)) {
            if (!known.contains(title)) {
                throw new InvalidOption("option --parts must be of " + titles() + ", was '" + title + "'");
            }
        }
        List<String> wanted = List.of(titles.split(",", -1));
        return Arrays.stream(values())
                .filter(part -> wanted.contains(part.title()))
                .toList();
    }
}
