package dev.nodoubt.wire;

import dev.nodoubt.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A complete body that can be read more than once, in memory or not. */
public interface RequestBody {

    /** As in {@code Content-Type}; empty when there is none. */
    String mediaType();

    /** In bytes. */
    long size();

    /** The bytes from the beginning. The caller closes it; two of them do not disturb each other. */
    InputStream open() throws IOException;

    /** A body in memory. */
    static RequestBody of(Payload payload) {
        return new RequestBody() {
            @Override
            public String mediaType() {
                return payload.mediaType();
            }

            @Override
            public long size() {
                return payload.size();
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(payload.bytes());
            }

            @Override
            public String toString() {
                return payload.toString();
            }
        };
    }
}
