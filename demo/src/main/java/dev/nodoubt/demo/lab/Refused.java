package dev.nodoubt.demo.lab;

/** What a person asked for is not done; the reason is the key of a text. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refused(String reason) {
        super(reason);
    }
}
