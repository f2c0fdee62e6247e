package dev.nodoubt.demo.network;

/**
 * One thing that a network saw of an attempt.
 *
 * @param transfer the transfer's number
 * @param attempt counted from 1
 * @param port from which the connection came: {@link ByHand} knows its own
 * @param asked what the caller wants with it
 * @param event what happened
 * @param detail of {@link Event#SENT} the fault's name, of {@link Event#ANSWERED} and {@link Event#RETURNED} the answer
 *     as {@link ByHand.Said} words it; else empty
 * @param request of {@link Event#SENT} the request as it stood on the wire, a character for each byte; else empty
 */
public record Crossing(long transfer, int attempt, int port, Asked asked, Event event, String detail, String request) {

    /** What a request is for. */
    public enum Asked {
        /** To have it done. */
        CALL,
        /** To learn the key's outcome. */
        OUTCOME,
        /** To have it never done. */
        FENCE
    }

    /** In the order in which an attempt without a fault meets them. */
    public enum Event {
        /** The caller sent it. */
        SENT,
        /** It is given to the receiver. */
        HANDED_OVER,
        /** The receiver answered. */
        ANSWERED,
        /** The caller gets the answer. */
        RETURNED,
        /** The connection to the receiver could not be had, or broke. */
        BROKEN,
        /** The caller's connection was reset. */
        RESET,
        /** The caller ended its connection, without an answer. */
        GIVEN_UP
    }
}
