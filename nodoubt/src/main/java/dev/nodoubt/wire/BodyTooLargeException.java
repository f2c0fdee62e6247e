package dev.nodoubt.wire;

import java.io.IOException;

/** A body is larger than the receiver takes: to be answered with 413 {@code body-too-large}; nothing was executed. */
public final class BodyTooLargeException extends IOException {

    private final long limit;

    /**
     * A refusal for size.
     *
     * @param what such as {@code the body}
     * @param limit in bytes
     */
    BodyTooLargeException(String what, long limit) {
        super(what + " must have at most " + limit + " bytes, had more");
        this.limit = limit;
    }

    /** What would have been taken, in bytes. */
    public long limit() {
        return limit;
    }
}
