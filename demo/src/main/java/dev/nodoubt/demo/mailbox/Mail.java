package dev.nodoubt.demo.mailbox;

/**
 * One copy of a mail as it arrived at the sink.
 *
 * @param messageId its Message-ID with the angle brackets; empty if it carries none
 * @param to the envelope's recipients, separated by commas
 * @param subject decoded
 * @param transferId its X-Transfer-Id; empty if it carries none
 */
public record Mail(String messageId, String to, String subject, String transferId) {}
