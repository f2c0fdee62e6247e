package dev.nodoubt.gate;

import dev.nodoubt.Reply;

/**
 * The request never reached the effect, for instance because its body could not be read: everything is rolled back, the
 * reply answers this attempt only, and nothing is recorded under the key, whatever the reply's status.
 */
public final class NotExecutedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Reply reply;

    /** A refusal that says nothing of the key. */
    public NotExecutedException(Reply reply) {
        super("refused with status " + reply.status() + " before the effect began", null, false, false);
        this.reply = reply;
    }

    public Reply reply() {
        return reply;
    }
}
