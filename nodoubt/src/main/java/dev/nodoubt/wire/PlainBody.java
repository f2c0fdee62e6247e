package dev.nodoubt.wire;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A body after Content-Encoding: what could be undone is undone while it is read, each time anew.
 *
 * @param body decoded
 * @param codings that are left, in the order in which they were applied: unknown ones, and those that do not decode,
 *     because somebody before may have undone them already
 */
record PlainBody(RequestBody body, List<String> codings) {

    /** More are left as they are: each undone one multiplies what a body may cost. */
    private static final int MOST_CODINGS = 3;

    /**
     * Undoes what can be undone.
     *
     * @param largest bytes after each of the codings
     * @throws BodyTooLargeException when it is more
     */
    static PlainBody of(RequestBody body, List<String> contentEncoding, long largest) throws IOException {
        List<String> left = codings(contentEncoding);
        if (left.size() > MOST_CODINGS) {
            return new PlainBody(body, left);
        }
        RequestBody plain = body;
        while (!left.isEmpty()) {
            Optional<ContentCoding> last = ContentCoding.of(left.get(left.size() - 1));
            Decoded decoded = last.isEmpty() ? null : Decoded.of(plain, last.get(), largest);
            if (decoded == null) {
                break;
            }
            plain = decoded;
            left.remove(left.size() - 1);
        }
        return new PlainBody(plain, List.copyOf(left));
    }

    /** In lower case, without those that change nothing. */
    private static List<String> codings(List<String> contentEncoding) {
        List<String> codings = new ArrayList<>();
        for (String coding : String.join(",", contentEncoding).split(",", -1)) {
            String name = coding.strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !name.equals("identity")) {
                codings.add(name);
            }
        }
        return codings;
    }

    private record Decoded(RequestBody coded, ContentCoding coding, long size, long largest) implements RequestBody {

        /** Null when the bytes are not in this coding. */
        static @Nullable Decoded of(RequestBody coded, ContentCoding coding, long largest) throws IOException {
            try (InputStream in = open(coded, coding, largest)) {
                return new Decoded(coded, coding, in.transferTo(OutputStream.nullOutputStream()), largest);
            } catch (ZipException | EOFException e) {
                return null;
            }
        }

        private static InputStream open(RequestBody coded, ContentCoding coding, long largest) throws IOException {
            InputStream source = coded.open();
            try {
                return new Bounded(coding.decode(source), largest);
            } catch (IOException e) {
                source.close();
                throw e;
            }
        }

        @Override
        public String mediaType() {
            return coded.mediaType();
        }

        @Override
        public InputStream open() throws IOException {
            return open(coded, coding, largest);
        }
    }

    /** Ends with an exception where more comes than is taken. */
    private static final class Bounded extends FilterInputStream {

        private final long largest;
        private long count;

        Bounded(InputStream in, long largest) {
            super(in);
            this.largest = largest;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            add(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            add(Math.max(read, 0));
            return read;
        }

        private void add(int read) throws BodyTooLargeException {
            count += read;
            if (count > largest) {
                throw new BodyTooLargeException("the body after Content-Encoding", largest);
            }
        }
    }
}
