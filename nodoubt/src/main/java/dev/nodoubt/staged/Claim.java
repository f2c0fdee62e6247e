package dev.nodoubt.staged;

import java.time.Instant;
import java.util.UUID;

/**
 * An intent that a worker holds: its row says sending under this token.
 *
 * @param token whoever records the attempt's end must show it
 * @param intent what to do, as it was recorded
 * @param recordedAt by the database's clock; the same at each attempt
 * @param attempts with the one that begins now
 * @param doubts earlier attempts whose end is not known: so many effects may exist already
 */
public record Claim(UUID token, Intent intent, Instant recordedAt, int attempts, int doubts) {}
