package dev.nodoubt.wire;

import java.util.Set;
import java.util.TreeSet;

/** The headers of a reply that are recorded and repeated (protocol, section 7), without Content-Type. */
final class RecordedHeaders {

    private static final Set<String> NAMES = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        NAMES.add("Content-Language");
        NAMES.add("Location");
        NAMES.add("ETag");
        NAMES.add("Link");
    }

    private RecordedHeaders() {}

    static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
