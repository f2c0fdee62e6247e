package dev.nodoubt.wire;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What counts when two requests of one key are compared. {@code canonicalJson} may differ between the nodes of a receiver
 * and change at any time, because a row keeps its rule. {@code headers} may not: a repetition of a request that has a
 * header which was added to them, or taken from them, is told that its key was reused.
 *
 * @param canonicalJson whether JSON is compared by its canonical form (RFC 8785); by its bytes by default
 * @param headers whose values count, in lower case; none by default. Only such as every attempt of a call repeats
 *     unchanged: no token, no trace
 * @param largestDecoded bytes of a body after Content-Encoding; 1 MiB by default
 */
public record FingerprintSettings(boolean canonicalJson, Set<String> headers, long largestDecoded) {

    public static final FingerprintSettings DEFAULTS = new FingerprintSettings(false, Set.of(), 1 << 20);

    /** The {@code token} of RFC 9110, section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Set<String> DIFFER_BY_ATTEMPT = Set.of(
            Headers.ATTEMPT.toLowerCase(Locale.ROOT),
            Headers.DEADLINE.toLowerCase(Locale.ROOT),
            "prefer",
            "traceparent");

    public FingerprintSettings {
        SortedSet<String> lowered = new TreeSet<>();
        for (String name : headers) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!TOKEN.matcher(name).matches()) {
                throw new IllegalArgumentException("fingerprint: headers must be names of HTTP headers, was " + name);
            }
            if (DIFFER_BY_ATTEMPT.contains(lower)) {
                throw new IllegalArgumentException("fingerprint: headers must not name " + name
                        + ", which differs between the attempts of one call");
            }
            lowered.add(lower);
        }
        if (largestDecoded < 0) {
            throw new IllegalArgumentException("fingerprint: largestDecoded must be >= 0 bytes, was " + largestDecoded);
        }
        headers = Collections.unmodifiableSortedSet(lowered);
    }
}
