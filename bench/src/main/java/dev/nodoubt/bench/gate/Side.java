package dev.nodoubt.bench.gate;

import java.util.Locale;

/** What is compared: two paths of one receiver. */
enum Side {
    GATED,
    UNGATED;

    String path() {
        return "/" + title();
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
