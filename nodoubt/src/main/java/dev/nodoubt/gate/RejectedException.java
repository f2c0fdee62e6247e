package dev.nodoubt.gate;

import dev.nodoubt.Reply;

/**
 * The handler declares this refusal as the call's answer: everything is rolled back, and it is recorded under the key.
 */
public final class RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int LEAST = 400;
    private static final int MOST = 499;

    private final transient Reply reply;

    /**
     * A refusal that answers the key ever after.
     *
     * @param reply status 400 to 499
     * @throws IllegalArgumentException for any other status: only a refusal of the request itself is an answer for ever
     */
    public RejectedException(Reply reply) {
        super("rejected with status " + reply.status(), null, false, false);
        if (reply.status() < LEAST || reply.status() > MOST) {
            throw new IllegalArgumentException(
                    "rejection: status must be " + LEAST + " to " + MOST + ", was " + reply.status());
        }
        this.reply = reply;
    }

    public Reply reply() {
        return reply;
    }
}
