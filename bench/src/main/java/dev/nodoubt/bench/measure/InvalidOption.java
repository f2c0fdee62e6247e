package dev.nodoubt.bench.measure;

/** A person's mistake, in one line that says what to do. */
public final class InvalidOption extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidOption(String message) {
        super(message);
    }
}
