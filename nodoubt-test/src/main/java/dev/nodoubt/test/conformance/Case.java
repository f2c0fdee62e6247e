package dev.nodoubt.test.conformance;

import java.util.List;
import java.util.Optional;

/**
 * One thing that a receiver must do, by the protocol.
 *
 * @param id stable: {@code replay.identical}
 * @param expected what must happen, in one line
 * @param trial does it, and throws when it did not happen
 * @param needs what it takes
 */
record Case(String id, String expected, Trial trial, List<Need> needs) {

    /** A case's body. */
    @FunctionalInterface
    interface Trial {
        void run(Bench bench) throws Exception;
    }

    static Case of(String id, String expected, Trial trial, Need... needs) {
        return new Case(id, expected, trial, List.of(needs));
    }

    /** The first thing that is missing. */
    Optional<Need> missing(Setup setup) {
        return needs.stream().filter(need -> !setup.has(need)).findFirst();
    }
}
