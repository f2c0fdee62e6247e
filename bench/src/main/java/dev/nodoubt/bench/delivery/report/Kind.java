package dev.nodoubt.bench.delivery.report;

import java.util.Locale;

/** What somebody is compared as. */
public enum Kind {
    FLOOR,
    NODOUBT,
    PEER;

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
