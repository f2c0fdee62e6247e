package dev.nodoubt.gate;

import dev.nodoubt.Reply;
import java.sql.Connection;

/** The handler's effect, run inside the gate's transaction. */
@FunctionalInterface
public interface Work {

    /**
     * Does the effect through this connection and says what to reply.
     *
     * <p>A reply of 1xx to 3xx commits. 400, 404, 410, 412 and 422 are declared rejections: everything is rolled back
     * and the reply is recorded under the key. Any other status, and any exception, rolls back and records nothing.
     *
     * @param transaction the gate's open transaction; never to be committed, rolled back or closed here
     * @throws RejectedException to declare a refusal of any status from 400 to 499 as the call's answer
     * @throws NotExecutedException to answer with a reply of any status and record nothing
     */
    Reply run(Connection transaction) throws Exception;
}
