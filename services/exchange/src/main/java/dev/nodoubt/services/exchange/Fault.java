package dev.nodoubt.services.exchange;

/** What happens to one request. */
enum Fault {
    /** It is processed and answered. */
    NONE(0),
    /** The connection is closed before anything was done. */
    REQUEST_LOST(3),
    /** It is done, and the connection is closed without an answer. */
    ANSWER_LOST(4),
    /** It is done, and no answer comes, while the connection stays open longer than anybody waits. */
    ANSWER_HELD(2),
    /** It is done at once and answered late. */
    ANSWER_LATE(4),
    /** It is done late, within the documented processing time, and answered then. */
    PROCESSED_LATE(5),
    /** Nothing is done, and 503 says so. */
    BUSY(2);

    private final int share;

    Fault(int share) {
        this.share = share;
    }

    /** How many of the faults are this one, relative to the others'. */
    int share() {
        return share;
    }
}
