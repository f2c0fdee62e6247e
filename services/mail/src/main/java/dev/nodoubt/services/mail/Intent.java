package dev.nodoubt.services.mail;

import java.time.Instant;
import java.util.UUID;

/**
 * A mail to be sent, as it was recorded. Everything that makes up the message's bytes is here, so that each attempt sends
 * the same ones, whatever the configuration has become since.
 *
 * @param id names the notification
 * @param messageId with angle brackets
 * @param from the sender's address
 * @param recordedAt goes into the Date header, to the second
 * @param content what to say to whom
 */
record Intent(UUID id, String messageId, String from, Instant recordedAt, Notification content) {

    /** The recipient for logs: first letter and domain only. */
    String maskedRecipient() {
        String to = content.to();
        return to.charAt(0) + "***" + to.substring(to.lastIndexOf('@'));
    }

    @Override
    public String toString() {
        return "mail " + id;
    }
}
