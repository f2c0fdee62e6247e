package dev.nodoubt.test.conformance;

import java.time.Duration;

/**
 * What became of one case.
 *
 * @param id of the case
 * @param expected what had to happen, in one line
 * @param reason of a failure what happened instead; of a case that was not run what it needs; else empty
 */
public record Verdict(String id, String expected, Result result, String reason, Duration took) {

    /** How a case ends. */
    public enum Result {
        /** It happened as expected. */
        PASSED("passed"),
        /** It did not. */
        FAILED("FAILED"),
        /** Something that it needs is not there. */
        NOT_RUN("not run");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
