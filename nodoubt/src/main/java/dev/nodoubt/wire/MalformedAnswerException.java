package dev.nodoubt.wire;

/** An answer that is not what the protocol says. */
final class MalformedAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String what;

    /** One line that repeats nothing of the answer's content. */
    MalformedAnswerException(String what) {
        super(what);
        this.what = what;
    }

    String what() {
        return what;
    }
}
