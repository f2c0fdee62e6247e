package dev.nodoubt.wire;

import dev.nodoubt.gate.Isolation;
import java.util.Objects;

/**
 * A request for a gated operation: authenticated, authorised and validated, its body not in memory.
 *
 * @param scope a stable name of the authenticated caller, 1 to 128 characters
 * @param head method, path and headers
 * @param isolation what the operation's transaction sees of others
 */
public record Arrival(String scope, RequestHead head, Isolation isolation) {

    public Arrival {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(isolation, "isolation");
    }
}
