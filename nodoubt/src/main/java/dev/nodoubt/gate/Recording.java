package dev.nodoubt.gate;

/** What came of inserting a row that needs no handler: a tombstone or a rejection. */
sealed interface Recording {

    record Inserted() implements Recording {}

    /** Another row was there first: it is the answer. */
    record Lost(GateRow winner) implements Recording {}

    /** Another transaction held the key all the time. */
    record Held() implements Recording {}

    /** The key lies at or below the horizon and had no row. */
    record Expired() implements Recording {}

    /** The answer to the COMMIT was lost. */
    record Unknown(Exception cause) implements Recording {}

    /** The store failed; the row is certainly not there by this attempt. */
    record Unavailable(Exception cause) implements Recording {}
}
