package dev.nodoubt.demo.network;

/** What the network does with one attempt. The shares are in percent of all attempts and add up to 100. */
public enum Fault {
    /** The request arrives, the answer comes back. */
    NONE(71),
    /** The request arrives and is worked on to its end; the answer never comes back. */
    DROP_ANSWER(8),
    /** The request arrives and is worked on to its end; then the connection is reset. */
    RESET(6),
    /** The answer comes back only after the caller's response timeout. */
    DELAY(5),
    /** The request never arrives, and nothing tells the caller so. */
    LOSE_REQUEST(4),
    /** The caller gives up first; then the request arrives. */
    LATE(3),
    /** The request arrives twice; the caller gets one answer. */
    DUPLICATE(3);

    private final int percent;

    Fault(int percent) {
        this.percent = percent;
    }

    /** How many of 100 attempts meet this fault. */
    public int percent() {
        return percent;
    }
}
