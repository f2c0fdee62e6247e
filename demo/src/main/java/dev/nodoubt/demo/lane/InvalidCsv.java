package dev.nodoubt.demo.lane;

/** The input cannot be used; the message names file, line, column, rule and value. */
public final class InvalidCsv extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidCsv(String message) {
        super(message);
    }
}
