package dev.nodoubt.services.mail;

import java.util.UUID;

/**
 * A delivery that this worker holds: its row says {@code sending} under this token.
 *
 * @param token whoever records the attempt's end must show it
 * @param intent what to send
 * @param attempts with the one that begins now
 * @param doubts earlier attempts whose end is not known
 */
record Claim(UUID token, Intent intent, int attempts, int doubts) {}
