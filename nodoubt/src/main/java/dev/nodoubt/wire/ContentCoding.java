package dev.nodoubt.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * The codings of a body (RFC 9110, section 8.4.1) that can be undone here. What follows the end of the coded data is no
 * part of the body.
 */
enum ContentCoding {
    GZIP {
        @Override
        InputStream decode(InputStream coded) throws IOException {
            return new GZIPInputStream(coded);
        }
    },
    /** Deflate in the zlib format, as the RFC has it; bare deflate does not decode. */
    DEFLATE {
        @Override
        InputStream decode(InputStream coded) {
            return new ZlibStream(coded);
        }
    };

    abstract InputStream decode(InputStream coded) throws IOException;

    /** The coding of this name in any case; empty when it is not known here. */
    static Optional<ContentCoding> of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> Optional.of(GZIP);
            case "deflate" -> Optional.of(DEFLATE);
            default -> Optional.empty();
        };
    }

    /** Says that it cannot go on without a dictionary, where the JDK's stream says that it has ended. */
    private static final class ZlibStream extends InflaterInputStream {

        ZlibStream(InputStream coded) {
            super(coded, new Inflater());
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count < 0 && inf.needsDictionary()) {
                throw new ZipException("coded with a dictionary");
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }
}
