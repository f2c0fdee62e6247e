package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;

/**
 * A recorded call without an outcome: the one value that is born, stored, sent and settled.
 *
 * @param key the call's key
 * @param request what is wanted, never changed
 * @param progress how far it has come
 */
public record OpenCall(IdempotencyKey key, Request request, Progress progress) {

    OpenCall with(Progress newProgress) {
        return new OpenCall(key, request, newProgress);
    }
}
