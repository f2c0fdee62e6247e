package dev.nodoubt.services.exchange;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the exchange offers to a caller that got no answer. */
enum Capability {
    /** It remembers client order ids for a time, and gives the first answer again. */
    KEY,
    /** It tells what became of a client order id. */
    QUERY,
    /** It takes back an order whose answer was lost. */
    NET_CANCEL,
    /** Nothing: every request is a new order. */
    NONE;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Capability> ofWord(String word) {
        return Arrays.stream(values())
                .filter(capability -> capability.word().equals(word))
                .findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(Capability::word).collect(Collectors.joining(", "));
    }
}
