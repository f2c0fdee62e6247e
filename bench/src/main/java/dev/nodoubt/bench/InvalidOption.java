package dev.nodoubt.bench;

/** A person's mistake, in one line that says what to do. */
final class InvalidOption extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidOption(String message) {
        super(message);
    }
}
