package dev.nodoubt.gate;

import dev.nodoubt.Reply;

/** How one gated transaction ended. */
sealed interface Turn {

    /** With an answer; the handler may have run. */
    record Done(Admission admission) implements Turn {}

    /** The handler declared a refusal; all is rolled back, and the refusal is still to be recorded. */
    record Refused(Reply reply, Reply kept) implements Turn {}

    /**
     * All is rolled back that this transaction holds, and it could not say whether it is still the gate's: a row that
     * stands now was committed by the handler itself.
     */
    record Unclear(Turn otherwise) implements Turn {}

    /** The handler did not start: another transaction holds the key. */
    record Held() implements Turn {}

    /** The handler did not start: another row was first, or the database asked to begin anew. */
    record Again() implements Turn {}
}
