package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;

/**
 * An outcome to be written. It takes effect only while the row is still held by this incarnation.
 *
 * @param key the call's key
 * @param holder the incarnation that made the attempt
 * @param outcome what is known now
 * @param attempts attempts made in all
 */
public record Settlement(IdempotencyKey key, long holder, Outcome outcome, int attempts) {}
