package dev.nodoubt.gate;

import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import org.jspecify.annotations.Nullable;

/**
 * What an application does to replies that are kept (a port): leave parts out, encrypt bodies, make lost bodies anew. Each
 * method does nothing by default. Implementations are thread-safe and do no network I/O: the first two run inside the
 * gate's transaction.
 *
 * <p>An exception of {@link #sanitise} or {@link #encrypt} rolls the attempt back. One of {@link #decrypt} or
 * {@link #recreate} leaves the body out of the replay; the outcome stands.
 */
public interface ReplyKeeper {

    /** Keeps replies as they are. */
    ReplyKeeper PLAIN = new ReplyKeeper() {};

    /**
     * What is kept of a reply, and so what every replay says; the first answer is sent as the handler made it.
     *
     * @param operation method and path of the request
     * @param reply with the headers that are kept
     */
    default Reply sanitise(String operation, Reply reply) {
        return reply;
    }

    /** A body as it is stored. The key may serve as associated data. */
    default byte[] encrypt(GateKey key, byte[] body) {
        return body;
    }

    /** A stored body as it was before {@link #encrypt}. */
    default byte[] decrypt(GateKey key, byte[] stored) {
        return stored;
    }

    /**
     * The body of a reply that was too large to keep, was forgotten or is past its retention, from the application's own
     * data.
     *
     * @param reply status and headers that were kept
     * @return null to say that it is omitted
     */
    default @Nullable Payload recreate(GateKey key, String operation, Reply reply) {
        return null;
    }
}
