package dev.nodoubt.spring;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The header fields of a buffered response. Content-Type is kept apart and Content-Length follows from the body. */
final class ResponseHeaders {

    private static final String TYPE = "Content-Type";
    private static final String LENGTH = "Content-Length";

    private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String contentType = "";
    private @Nullable Charset charset;

    void set(String name, @Nullable String value) {
        if (name.equalsIgnoreCase(TYPE)) {
            setContentType(value);
        } else if (value == null) {
            fields.remove(name);
        } else if (!name.equalsIgnoreCase(LENGTH)) {
            fields.put(name, new ArrayList<>(List.of(value)));
        }
    }

    void add(String name, String value) {
        if (name.equalsIgnoreCase(TYPE)) {
            setContentType(value);
        } else if (!name.equalsIgnoreCase(LENGTH)) {
            fields.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
    }

    void clear() {
        fields.clear();
        contentType = "";
        charset = null;
    }

    boolean contains(String name) {
        return name.equalsIgnoreCase(TYPE) ? !contentType.isEmpty() : fields.containsKey(name);
    }

    Collection<String> all(String name) {
        if (name.equalsIgnoreCase(TYPE)) {
            return contentType.isEmpty() ? List.of() : List.of(contentTypeOrEmpty());
        }
        return List.copyOf(fields.getOrDefault(name, List.of()));
    }

    Collection<String> names() {
        List<String> names = new ArrayList<>(fields.keySet());
        if (!contentType.isEmpty()) {
            names.add(TYPE);
        }
        return names;
    }

    /** Each field on one line, as HTTP allows for every field that may be repeated at all. */
    Map<String, String> joined() {
        Map<String, String> joined = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.forEach((name, values) -> joined.put(name, String.join(", ", values)));
        return joined;
    }

    void setContentType(@Nullable String type) {
        contentType = type == null ? "" : type;
        Charset given = charsetOf(contentType);
        if (given != null) {
            charset = given;
        }
    }

    void fixCharset(Charset fixed) {
        charset = fixed;
    }

    Charset charset() {
        return charset == null ? StandardCharsets.ISO_8859_1 : charset;
    }

    /** The type, completed by a charset that was set on its own. */
    String contentTypeOrEmpty() {
        Charset own = charset;
        return contentType.isEmpty() || own == null || charsetOf(contentType) != null
                ? contentType
                : contentType + ";charset=" + own.name();
    }

    private static @Nullable Charset charsetOf(String type) {
        try {
            return type.isEmpty() ? null : MediaType.parseMediaType(type).getCharset();
        } catch (InvalidMediaTypeException e) {
            return null; // sent as the handler wrote it
        }
    }

    static String date(long millis) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
    }
}
