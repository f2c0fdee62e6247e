package dev.nodoubt.call;

import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call with all that is kept of it, but for bytes that only {@link Desk#reveal} shows: bodies, and headers of replies.
 *
 * @param call as in a search
 * @param open what only an open call has; null of a settled one
 * @param reply of the outcome, or of the refusal for which an open call is given up; null where there is none
 * @param order its place in its order; null where it stands in none
 * @param audit what operators did to it, newest first, at most 100
 */
public record CallDetail(
        RecordedCall call,
        @Nullable Open open,
        @Nullable Content reply,
        @Nullable Order order,
        List<AuditEntry> audit) {

    public CallDetail {
        audit = List.copyOf(audit);
    }

    /**
     * Of an open call.
     *
     * @param request the recorded request's body
     * @param deadline from when its caller gives up
     * @param givenUp whether somebody cancelled it, or a permanent refusal makes its caller give up
     * @param doubtSince when a request that may have arrived was first sent; null while none was
     * @param holder the incarnation of the node that holds it; 0: none; -1: none, it waits for its turn
     * @param handling of a call whose outcome is known while its handler has not committed; else null
     */
    public record Open(
            Content request,
            Instant deadline,
            boolean givenUp,
            @Nullable Instant doubtSince,
            long holder,
            @Nullable Handling handling) {}

    /**
     * An outcome that waits for its handler.
     *
     * @param known the final state that the call will have
     * @param failures of its handler so far
     */
    public record Handling(CallState known, int failures) {}

    /**
     * Bytes that are there and not shown.
     *
     * @param mediaType as in {@code Content-Type}; empty where there is none
     * @param size in bytes
     */
    public record Content(String mediaType, long size) {}

    /**
     * The order that the call belongs to.
     *
     * @param key the order key
     * @param waits whether this call waits for an earlier one
     * @param stopped whether the order stopped after a call's end, until {@link Outbox#resumeOrder}
     * @param openCalls calls of it that have their place
     */
    public record Order(String key, boolean waits, boolean stopped, long openCalls) {}

    /**
     * What is otherwise hidden of a call.
     *
     * @param request null of a settled call: the request goes when the outcome is known
     * @param reply with headers and body; null where there is none
     */
    public record Revealed(
            @Nullable Payload request, @Nullable Reply reply) {}
}
