package dev.nodoubt.wire;

import dev.nodoubt.gate.Admission;
import java.util.Locale;

/** What a gate answers in the handler's place (protocol, section 4; RFC 9457). */
enum Problem {
    KEY_REQUIRED(400, OutcomeToken.NOT_EXECUTED, "Idempotency key required"),
    KEY_INVALID(400, OutcomeToken.NOT_EXECUTED, "Idempotency key invalid"),
    KEY_REUSED(422, OutcomeToken.NOT_EXECUTED, "Idempotency key reused"),
    KEY_TOO_OLD(412, OutcomeToken.NOT_EXECUTED, "Idempotency key too old"),
    KEY_EXPIRED(412, OutcomeToken.EXPIRED, "Idempotency key expired"),
    FENCED(412, OutcomeToken.FENCED, "Fenced"),
    FENCE_INVALID(400, OutcomeToken.NOT_EXECUTED, "Fence invalid"),
    IN_PROGRESS(409, OutcomeToken.IN_PROGRESS, "In progress"),
    BODY_TOO_LARGE(413, OutcomeToken.NOT_EXECUTED, "Body too large"),
    QUOTA(429, OutcomeToken.NOT_EXECUTED, "Quota used up"),
    DEADLINE_PASSED(503, OutcomeToken.NOT_EXECUTED, "Deadline passed"),
    ROLLED_BACK(500, OutcomeToken.NOT_EXECUTED, "Rolled back"),
    HANDLER_FAILED(500, OutcomeToken.NOT_EXECUTED, "Handler failed"),
    STORE_UNAVAILABLE(503, OutcomeToken.NOT_EXECUTED, "Store unavailable"),
    COMMIT_FAILED(500, OutcomeToken.NOT_EXECUTED, "Commit failed"),
    COMMIT_UNKNOWN(503, OutcomeToken.UNKNOWN, "Commit unknown"),
    BROKEN(500, OutcomeToken.UNKNOWN, "Broken"),
    /** Of a query or a fence: nothing is said of the key. */
    OUTCOME_UNKNOWN(503, OutcomeToken.UNKNOWN, "Outcome unknown");

    /** What every type begins with. */
    static final String TYPE = "urn:nodoubt:problem:";

    private final int status;
    private final OutcomeToken outcome;
    private final String title;

    Problem(int status, OutcomeToken outcome, String title) {
        this.status = status;
        this.outcome = outcome;
        this.title = title;
    }

    static Problem of(Admission.Reason reason) {
        return switch (reason) {
            case KEY_INVALID -> KEY_INVALID;
            case KEY_REUSED -> KEY_REUSED;
            case KEY_TOO_OLD -> KEY_TOO_OLD;
            case KEY_EXPIRED -> KEY_EXPIRED;
            case FENCED -> FENCED;
            case IN_PROGRESS -> IN_PROGRESS;
            case QUOTA -> QUOTA;
            case DEADLINE_PASSED -> DEADLINE_PASSED;
            case ROLLED_BACK -> ROLLED_BACK;
            case HANDLER_FAILED -> HANDLER_FAILED;
            case STORE_UNAVAILABLE -> STORE_UNAVAILABLE;
            case COMMIT_FAILED -> COMMIT_FAILED;
            case COMMIT_UNKNOWN -> COMMIT_UNKNOWN;
            case BROKEN -> BROKEN;
        };
    }

    int status() {
        return status;
    }

    OutcomeToken outcome() {
        return outcome;
    }

    String title() {
        return title;
    }

    /** The problem's type: a name, not an address to be opened. */
    String type() {
        return TYPE + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** 409 and 503 say when to come again. */
    boolean repeatable() {
        return status == 409 || status == 503;
    }
}
