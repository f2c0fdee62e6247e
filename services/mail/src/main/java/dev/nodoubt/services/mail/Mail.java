package dev.nodoubt.services.mail;

import java.time.Instant;

/**
 * A mail to be sent, as it was recorded. Everything that makes up the message's bytes is here, so that each attempt sends
 * the same ones, whatever the configuration has become since. {@code toString} shows neither address nor content.
 *
 * @param messageId with angle brackets
 * @param from the sender's address
 * @param recordedAt goes into the Date header, to the second
 * @param content what to say to whom
 */
record Mail(String messageId, String from, Instant recordedAt, Notification content) {

    @Override
    public String toString() {
        return "mail " + messageId;
    }
}
