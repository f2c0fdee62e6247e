package dev.nodoubt.test.conformance;

import java.io.IOException;

/** Bytes came that are no complete HTTP/1.1 response. */
final class MalformedResponse extends IOException {

    private static final long serialVersionUID = 1;

    MalformedResponse(String rule) {
        super(rule);
    }

    static void unless(boolean holds, String rule) throws MalformedResponse {
        if (!holds) {
            throw new MalformedResponse(rule);
        }
    }
}
