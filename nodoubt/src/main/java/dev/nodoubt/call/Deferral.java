package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;

/**
 * Progress of a call that stays open, to be written. It takes effect only while the row is still held by this
 * incarnation.
 *
 * @param key the call's key
 * @param holder the incarnation that made the attempt
 * @param progress how far the call has come
 */
public record Deferral(IdempotencyKey key, long holder, Progress progress) {}
