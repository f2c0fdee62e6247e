package dev.nodoubt.call;

import java.time.Instant;

/**
 * An outcome that is known while its handler could not commit: it is written on the open row, the call is not sent again,
 * and the handler runs again later. It takes effect only while the row is still held by this incarnation.
 *
 * @param settlement what is known
 * @param failures how often its handler failed, at least 1
 * @param dueAt when the handler runs again
 * @param last how it failed, in one line for a person
 */
public record Postponement(Settlement settlement, int failures, Instant dueAt, String last) {}
