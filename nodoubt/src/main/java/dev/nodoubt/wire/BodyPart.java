package dev.nodoubt.wire;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A part of a multipart body that somebody else, such as a servlet container, has taken apart.
 *
 * @param headers of the part, all of them: names without case, values as the container unfolded them
 * @param content without its boundary
 */
public record BodyPart(Headers headers, RequestBody content) {

    /**
     * A part of a form, with the headers that a browser gives it. For who does not know the part's own headers: another
     * order of their parameters, or another header, would not count.
     *
     * @param fileName null of a field that is no file
     * @param content its media type becomes the part's {@code Content-Type}; when empty there is none
     */
    public static BodyPart formData(String name, @Nullable String fileName, RequestBody content) {
        Map<String, List<String>> headers = new TreeMap<>();
        String disposition = "form-data; name=\"" + escaped(name) + '"';
        headers.put(
                "Content-Disposition",
                List.of(fileName == null ? disposition : disposition + "; filename=\"" + escaped(fileName) + '"'));
        if (!content.mediaType().isEmpty()) {
            headers.put(Headers.CONTENT_TYPE, List.of(content.mediaType()));
        }
        return new BodyPart(Headers.of(headers), content);
    }

    /** As the HTML standard escapes a name in multipart/form-data. */
    private static String escaped(String name) {
        return name.replace("\n", "%0A").replace("\r", "%0D").replace("\"", "%22");
    }
}
