package dev.nodoubt.services.mail;

/** What to do with a mail in doubt; exactly once is impossible over plain SMTP. */
enum DeliveryPolicy {
    /** The byte-identical message goes out again under the same {@code Message-ID}. The default. */
    AT_LEAST_ONCE,
    /** Nothing goes out again; a person decides. */
    AT_MOST_ONCE
}
