package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;

/**
 * A call whose outcome is known.
 *
 * @param key the call's key
 * @param request what was wanted, with its exact bytes
 * @param labels as the application gave them
 * @param outcome what became of it
 * @param attempts attempts made in all
 */
public record KnownCall(IdempotencyKey key, Request request, Call.Labels labels, Outcome outcome, int attempts) {}
