package dev.nodoubt.test.conformance;

import java.util.Locale;

/** What a gate answers in the handler's place, row by row (protocol, section 4). */
enum Refusal {
    KEY_REQUIRED(Word.NOT_EXECUTED, 400),
    KEY_INVALID(Word.NOT_EXECUTED, 400),
    KEY_EXPIRED(Word.EXPIRED, 412),
    KEY_TOO_OLD(Word.NOT_EXECUTED, 412),
    FENCED(Word.FENCED, 412),
    KEY_REUSED(Word.NOT_EXECUTED, 422),
    IN_PROGRESS(Word.IN_PROGRESS, 409),
    BODY_TOO_LARGE(Word.NOT_EXECUTED, 413),
    NOT_SUPPORTED(Word.NOT_EXECUTED, 501),
    QUOTA(Word.NOT_EXECUTED, 429),
    STORE_UNAVAILABLE(Word.NOT_EXECUTED, 503),
    COMMIT_FAILED(Word.NOT_EXECUTED, 500, 503),
    COMMIT_UNKNOWN(Word.UNKNOWN, 503),
    BROKEN(Word.UNKNOWN, 500);

    private final Word outcome;
    private final int status;
    private final int alternative;

    Refusal(Word outcome, int status) {
        this(outcome, status, status);
    }

    Refusal(Word outcome, int status, int alternative) {
        this.outcome = outcome;
        this.status = status;
        this.alternative = alternative;
    }

    Word outcome() {
        return outcome;
    }

    boolean hasStatus(int other) {
        return other == status || other == alternative;
    }

    @Override
    public String toString() {
        return status + " " + outcome.value() + " " + type();
    }

    String type() {
        return "urn:nodoubt:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
