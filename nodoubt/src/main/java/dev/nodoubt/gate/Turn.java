package dev.nodoubt.gate;

import dev.nodoubt.Reply;

/** How one gated transaction ended. */
sealed interface Turn {

    /** With an answer. */
    record Done(Admission admission) implements Turn {}

    /** The handler declared a refusal; all is rolled back, and the refusal is still to be recorded. */
    record Refused(Reply reply) implements Turn {}

    /** The handler did not start: another row was first, or the database asked to begin anew. */
    record Again() implements Turn {}
}
