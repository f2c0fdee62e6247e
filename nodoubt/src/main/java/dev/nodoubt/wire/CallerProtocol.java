package dev.nodoubt.wire;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.call.Attempt;
import dev.nodoubt.call.Step;
import java.util.Set;

/**
 * How a target is spoken to: what an attempt asks, and what a response to it teaches. {@link CallerWire} speaks to nodoubt
 * receivers, {@link ForeignProtocol} to any other system. Implementations are pure functions and thread-safe.
 */
public interface CallerProtocol {

    /** What can be asked so: of {@link Step#EXECUTE}, QUERY, FENCE and CANCEL. */
    Set<Step> steps();

    /**
     * The request that asks what this attempt asks; its path is relative to the target's base address.
     *
     * @throws IllegalArgumentException when the target cannot be asked so: its capability and its protocol do not belong
     *     together
     */
    WireRequest request(Attempt attempt);

    /** What a complete response to this attempt teaches. Never throws. */
    AttemptResult result(Attempt attempt, WireResponse response);

    /**
     * What a response teaches whose end nothing proves but the connection's: neither a length nor a last chunk. It may
     * have been cut, so it is no answer. Never throws.
     */
    AttemptResult resultWithoutEnd(Attempt attempt, WireResponse response);
}
