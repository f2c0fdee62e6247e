package dev.nodoubt.demo;

import java.time.Duration;

/**
 * A mail service without a gate that tells what it did in its database, and the transfer service that reads it.
 *
 * @param name of what it tells by: {@code flag} or {@code log}
 * @param mailPort where the mail service listens
 * @param transferPort where the transfer service listens
 */
record Remedy(String name, int mailPort, int transferPort) {

    /** Longer than the network holds the latest request, and the mail service works on it. */
    static final Duration PROCESSING_TIME = Duration.ofSeconds(8);

    /** Of the process and its database. */
    String mailName() {
        return "mail_" + name;
    }

    /** Of the process and its database. */
    String transferName() {
        return "transfer_" + name;
    }
}
