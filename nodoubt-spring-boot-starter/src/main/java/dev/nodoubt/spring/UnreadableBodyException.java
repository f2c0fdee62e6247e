package dev.nodoubt.spring;

import java.io.IOException;

/** A body that cannot be gated; nothing was executed. */
final class UnreadableBodyException extends IOException {

    private final int status;
    private final String type;

    /**
     * A refusal.
     *
     * @param type the problem's name; like {@code detail} without characters that JSON would escape
     */
    UnreadableBodyException(int status, String type, String detail) {
        super(detail);
        this.status = status;
        this.type = type;
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
