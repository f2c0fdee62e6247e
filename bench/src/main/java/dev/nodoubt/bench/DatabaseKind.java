package dev.nodoubt.bench;

import java.util.Locale;

/** What can stand behind a receiver. */
enum DatabaseKind {
    POSTGRESQL,
    MARIADB,
    /** Inside the receiver's process. */
    H2;

    static DatabaseKind named(String name) throws InvalidOption {
        for (DatabaseKind kind : values()) {
            if (kind.title().equals(name)) {
                return kind;
            }
        }
        throw new InvalidOption("option --database must be postgresql, mariadb or h2, was '" + name + "'");
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
