package dev.nodoubt.call;

import dev.nodoubt.Backoff;
import org.jspecify.annotations.Nullable;

/**
 * What a recorded call says of how it is to be treated; never changed.
 *
 * @param labels as the application gave them
 * @param backoff waits between its attempts; null for its target's
 * @param marksStart whether who holds it commits the start of each attempt before its first byte, so that a call that is
 *     still waiting was certainly not sent, whoever held it
 */
public record Terms(Call.Labels labels, @Nullable Backoff backoff, boolean marksStart) {}
