package dev.nodoubt.test;

import dev.nodoubt.wire.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The bytes of an order, taken out of what carries it: gzip, or the part of a form that is named so. */
final class OrderBody {

    /** What the gate refuses is not read further. */
    static final int LARGEST = 1024 * 1024;

    private static final Pattern PART = Pattern.compile("(?s)\r\n[^\r\n]*name=\"order\".*?\r\n\r\n(.*?)\r\n--");

    private OrderBody() {}

    /**
     * The order's bytes, at most one more than {@link #LARGEST}.
     *
     * @throws IllegalArgumentException when nothing is carried there
     */
    static byte[] of(WireRequest request) {
        byte[] plain = unpacked(request);
        if (!request.body().mediaType().startsWith("multipart/form-data")) {
            return plain;
        }
        Matcher part = PART.matcher(new String(plain, StandardCharsets.ISO_8859_1));
        if (!part.find()) {
            throw new IllegalArgumentException("a form needs a part that is named order");
        }
        return part.group(1).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] unpacked(WireRequest request) {
        byte[] body = request.body().bytes();
        if (!request.headers().all("Content-Encoding").equals(List.of("gzip"))) {
            return body;
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return gzip.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw new IllegalArgumentException("the body is no gzip", e);
        }
    }
}
