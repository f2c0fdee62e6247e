package dev.nodoubt.services.exchange;

/** What the exchange says of one order. */
sealed interface Verdict {

    /** It is in the book. */
    record Accepted(Entry.Booked booked) implements Verdict {}

    /** It broke a rule of the market: it is not in the book, and will not be. */
    record Rejected(String reason) implements Verdict {}

    /** The client order id was used for another content. */
    record Reused() implements Verdict {}
}
