package dev.nodoubt.bench.gate;

import java.util.Locale;

/** What is compared: two paths of one receiver, one of them with new keys and with known ones. */
enum Side {
    GATED,
    UNGATED,
    /** The gated path again, with keys that were executed before. */
    REPLAYED;

    String path() {
        return "/" + (this == UNGATED ? this : GATED).title();
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
