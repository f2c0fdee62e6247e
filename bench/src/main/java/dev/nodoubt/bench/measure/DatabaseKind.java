package dev.nodoubt.bench.measure;

import java.util.Locale;

/** What can stand behind a receiver. */
public enum DatabaseKind {
    POSTGRESQL,
    MARIADB,
    /** Inside the receiver's process. */
    H2;

    public static DatabaseKind named(String name) throws InvalidOption {
        for (DatabaseKind kind : values()) {
            if (kind.title().equals(name)) {
                return kind;
            }
        }
        throw new InvalidOption("option --database must be postgresql, mariadb or h2, was '" + name + "'");
    }

    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
