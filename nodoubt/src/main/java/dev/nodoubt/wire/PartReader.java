package dev.nodoubt.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One part of a multipart body, byte by byte: headers up to a blank line, then content, of which a digest is kept. */
final class PartReader {

    private static final int LONGEST_HEADERS = 16 << 10;
    private static final int BLANK_LINE = 0x0d0a0d0a;
    private static final int CHUNK = 8192;

    /** A line that begins with a space or a tab continues the one before. */
    private static final Pattern FOLD = Pattern.compile("\\r\\n[ \\t]+");

    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\\r\\n]*)");

    private final MessageDigest digest = PartsDigest.contentDigest();
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] chunk = new byte[CHUNK];
    private int chunkSize;
    /** The last four bytes; a blank line may come first of all, where there are no headers. */
    private int last = BLANK_LINE >>> 16;

    private boolean inContent;

    void write(byte b) throws MalformedPartsException {
        if (inContent) {
            content(b);
            return;
        }
        head.write(b);
        last = last << 8 | (b & 0xff);
        inContent = last == BLANK_LINE;
        if (head.size() > LONGEST_HEADERS) {
            throw new MalformedPartsException("a part's headers must have at most " + LONGEST_HEADERS + " bytes");
        }
    }

    private void content(byte b) {
        chunk[chunkSize++] = b;
        if (chunkSize == CHUNK) {
            flush();
        }
    }

    private void flush() {
        digest.update(chunk, 0, chunkSize);
        chunkSize = 0;
    }

    /** Ends the part, and is ready for the next one. */
    void endInto(PartsDigest parts) throws MalformedPartsException {
        if (!inContent) {
            throw new MalformedPartsException("a part must have a blank line after its headers");
        }
        flush();
        parts.add(headers(), digest.digest());
        head.reset();
        last = BLANK_LINE >>> 16;
        inContent = false;
    }

    private Headers headers() throws MalformedPartsException {
        // Latin-1 keeps each byte apart, whatever the encoding is.
        String block = head.toString(StandardCharsets.ISO_8859_1);
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : FOLD.matcher(block).replaceAll(" ").split("\r\n", 0)) {
            if (line.isEmpty()) {
                continue;
            }
            var field = FIELD.matcher(line);
            if (!field.matches()) {
                throw new MalformedPartsException("a part's header must be a name, a colon and a value in one line");
            }
            fields.computeIfAbsent(field.group(1), name -> new ArrayList<>()).add(field.group(2));
        }
        return Headers.of(fields);
    }
}
