package dev.nodoubt.demo.showcase;

import java.net.URI;

/**
 * Where a person finds the rest of the demo.
 *
 * @param transfer the transfer service
 * @param mail the mail service
 * @param mailbox the mailbox page
 */
public record Places(URI transfer, URI mail, URI mailbox) {}
