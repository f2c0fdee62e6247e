package dev.nodoubt.call;

import java.time.Instant;

/**
 * A target that an operator paused, for all nodes: nothing is attempted there until it is resumed. What needs no attempt
 * is settled all the same.
 *
 * @param target its name
 * @param since when it was paused, by the store's clock
 * @param actor who paused it
 * @param reason why, in the operator's words
 */
public record TargetPause(String target, Instant since, String actor, String reason) {}
