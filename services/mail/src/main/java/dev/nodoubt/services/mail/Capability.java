package dev.nodoubt.services.mail;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the service offers a caller that has to know what became of its request: the property {@code mail.capability}. */
enum Capability {
    /** The gate: each key at most one mail, and an outcome that can be asked for and fenced. */
    NODOUBT,
    /** A status flag in the caller's request row, set in the transaction of the intent. */
    FLAG,
    /** A log row, written in the transaction of the intent. */
    LOG,
    /** Nothing: each request is a mail, and nothing tells of it afterwards. */
    NONE;

    /**
     * The capability of this name, letter for letter: the file {@code capability/<name>.properties} belongs to it.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Capability named(String name) {
        return Arrays.stream(values())
                .filter(capability -> capability.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("mail.capability must be one of "
                        + Arrays.stream(values()).map(Capability::word).collect(Collectors.joining(", ")) + ", was \""
                        + name + '"'));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
