package dev.nodoubt.services.mail;

/** What is known after one attempt to send a mail. */
sealed interface SendResult {

    /** One line without addresses or content of our own; a server's own words may stand in it. */
    String reason();

    /** The server answered the final dot with 2xx. */
    record Sent(String reason) implements SendResult {}

    /**
     * Certainly not sent: the attempt ended before the final dot, or the server refused.
     *
     * @param permanent whether the server said 5xx of this mail, so that repeating it is useless
     */
    record NotSent(String reason, boolean permanent) implements SendResult {}

    /** The final dot may have arrived, and no answer to it came: the mail may exist or not. */
    record InDoubt(String reason) implements SendResult {}
}
