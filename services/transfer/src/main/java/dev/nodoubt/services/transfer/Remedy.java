package dev.nodoubt.services.transfer;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a doubt about a mail ends: the property {@code transfer.mail.remedy}, which fits the mail service's capability. */
enum Remedy {
    /** The mail service's gate is asked, and fenced. */
    NODOUBT,
    /** A status flag is read in a request row that this service writes before. */
    FLAG,
    /** A log row of the mail service is read. */
    LOG,
    /** There is none: at most one request that may have arrived is sent, and a doubt stays for a person. */
    NONE;

    /**
     * The remedy of this name, letter for letter: the file {@code remedy/<name>.properties} belongs to it.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Remedy named(String name) {
        return Arrays.stream(values())
                .filter(remedy -> remedy.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("transfer.mail.remedy must be one of "
                        + Arrays.stream(values()).map(Remedy::word).collect(Collectors.joining(", ")) + ", was \""
                        + name + '"'));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
