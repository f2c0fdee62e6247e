package dev.nodoubt.services.exchange;

/** A person's mistake on the command line, in one line that names the option, the rule and the value. */
public final class InvalidOption extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidOption(String message) {
        super(message);
    }
}
