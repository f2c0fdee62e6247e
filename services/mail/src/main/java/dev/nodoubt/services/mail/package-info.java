/**
 * The mail service: records the intent to send a mail inside the gate's transaction, and sends it over SMTP with a stable
 * {@code Message-ID}, telling <em>certainly not sent</em> from <em>in doubt after the final dot</em>.
 */
@NullMarked
package dev.nodoubt.services.mail;

import org.jspecify.annotations.NullMarked;
