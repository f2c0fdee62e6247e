package dev.nodoubt.services.exchange;

/** What became of a cancel. */
enum Cancellation {
    /** The order is cancelled, now or before. */
    CANCELLED,
    /** The order was filled and stands. */
    FILLED,
    /** No order of this client order id is in the book; one that comes later is booked all the same. */
    UNKNOWN,
    /** The order in the book has another content. */
    OTHER_CONTENT
}
