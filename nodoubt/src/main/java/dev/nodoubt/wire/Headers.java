package dev.nodoubt.wire;

import dev.nodoubt.IdempotencyKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Header fields of a message: names compare without case, values keep their order. Immutable. */
public final class Headers {

    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    public static final String ATTEMPT = "Nodoubt-Attempt";
    public static final String FIRST_SENT = "Nodoubt-First-Sent";
    public static final String DEADLINE = "Nodoubt-Deadline";
    public static final String PREFER = "Prefer";
    public static final String OUTCOME = "Nodoubt-Outcome";
    public static final String PROTOCOL = "Nodoubt-Protocol";
    public static final String INCARNATION = "Nodoubt-Incarnation";
    public static final String EXPIRES = "Idempotency-Expires";
    public static final String BODY = "Nodoubt-Body";
    public static final String REPLAYED = "Idempotent-Replayed";
    public static final String RETRY_AFTER = "Retry-After";
    public static final String CACHE_CONTROL = "Cache-Control";
    public static final String CONTENT_ENCODING = "Content-Encoding";
    public static final String CONTENT_TYPE = "Content-Type";

    public static final Headers NONE = new Headers(Map.of());

    private final Map<String, List<String>> fields;

    private Headers(Map<String, List<String>> fields) {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.forEach((name, values) -> copy.merge(name, List.copyOf(values), Headers::concat));
        this.fields = Collections.unmodifiableMap(copy);
    }

    public static Headers of(Map<String, List<String>> fields) {
        return fields.isEmpty() ? NONE : new Headers(fields);
    }

    /** These headers with one more value of a name. */
    public Headers and(String name, String value) {
        Map<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(fields);
        more.merge(name, List.of(value), Headers::concat);
        return new Headers(more);
    }

    private static List<String> concat(List<String> a, List<String> b) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        return List.copyOf(all);
    }

    /**
     * A key as the value of {@link #IDEMPOTENCY_KEY}: a structured-field String (RFC 9651, section 3.3.3), quoted, with
     * quotes and backslashes escaped.
     */
    public static String quoted(IdempotencyKey key) {
        return '"' + key.value().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Every value of a name; empty when the header is absent. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** The first value of a name. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    public Map<String, List<String>> asMap() {
        return fields;
    }

    @Override
    public String toString() {
        return "headers " + fields.keySet();
    }
}
