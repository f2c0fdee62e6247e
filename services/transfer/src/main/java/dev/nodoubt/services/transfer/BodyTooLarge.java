package dev.nodoubt.services.transfer;

import java.io.IOException;

/** A request body above the limit, whether announced or only found out while reading. */
final class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    /** Far above the largest request of this service, which has fewer than 2,000 bytes. */
    static final int LIMIT = 64 * 1024;

    static final String RULE = "must have at most " + LIMIT + " bytes";

    BodyTooLarge() {
        super("request body " + RULE);
    }
}
