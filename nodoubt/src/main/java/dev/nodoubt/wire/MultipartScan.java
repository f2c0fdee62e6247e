package dev.nodoubt.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Takes a multipart body apart while it is read (RFC 2046, section 5.1.1), strictly: lines end with CRLF, and a line
 * that begins like the boundary is one. What was composed otherwise is compared by its bytes.
 */
final class MultipartScan {

    private static final int CHUNK = 8192;

    /** A body begins as if a line had ended before it, and so does each part. */
    private static final int LINE_END_BEFORE = 2;

    private final InputStream in;
    /** CRLF, two dashes, boundary: its first byte comes nowhere else in it, so that a match that fails starts anew. */
    private final byte[] delimiter;

    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int end;

    private MultipartScan(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads the body to its closing delimiter.
     *
     * @param in not closed here
     * @return the {@link PartsDigest}; empty when the body is malformed
     */
    static Optional<byte[]> digest(InputStream in, String boundary) throws IOException {
        MultipartScan scan = new MultipartScan(in, boundary);
        PartsDigest parts = new PartsDigest();
        PartReader part = new PartReader();
        try {
            scan.upToDelimiter(preamble -> {});
            require(!scan.closes());
            do {
                scan.upToDelimiter(part::write);
                part.endInto(parts);
            } while (!scan.closes());
            return Optional.of(parts.end());
        } catch (MalformedPartsException e) {
            return Optional.empty();
        }
    }

    /** Reads the next delimiter, and gives away what stands before it. */
    private void upToDelimiter(ByteSink sink) throws IOException, MalformedPartsException {
        int virtual = LINE_END_BEFORE;
        int matched = virtual;
        while (matched < delimiter.length) {
            byte b = (byte) required();
            if (b == delimiter[matched]) {
                matched++;
                continue;
            }
            for (int i = virtual; i < matched; i++) {
                sink.write(delimiter[i]);
            }
            virtual = 0;
            matched = b == delimiter[0] ? 1 : 0;
            if (matched == 0) {
                sink.write(b);
            }
        }
    }

    /** Reads what is left of a delimiter's line; true when it was the closing one. */
    private boolean closes() throws IOException, MalformedPartsException {
        int b = required();
        boolean closing = b == '-';
        if (closing) {
            require(required() == '-');
            b = next();
        }
        while (b == ' ' || b == '\t') {
            b = next();
        }
        require((closing && b < 0) || (b == '\r' && next() == '\n'));
        return closing;
    }

    private static void require(boolean holds) throws MalformedPartsException {
        if (!holds) {
            throw new MalformedPartsException(
                    "a boundary must end its line, the last one of at least two close the body");
        }
    }

    private int required() throws IOException, MalformedPartsException {
        int b = next();
        if (b < 0) {
            throw new MalformedPartsException("a multipart body must end with its closing boundary");
        }
        return b;
    }

    /** The next byte, or -1 at the end. */
    private int next() throws IOException {
        if (at == end) {
            end = in.read(chunk);
            at = 0;
            if (end <= 0) {
                end = 0;
                return -1;
            }
        }
        return chunk[at++] & 0xff;
    }

    /** Takes what stands between two delimiters. */
    @FunctionalInterface
    private interface ByteSink {
        void write(byte b) throws MalformedPartsException;
    }
}
