package dev.nodoubt.console;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.gate.GateKey;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The console's addresses.
 *
 * @param base where it stands in this application: its context path and {@code /nodoubt}
 * @param section of the page that links: a word of the navigation
 * @param here path and query of that page, below the base
 * @param assets the files that pages load
 */
record Links(String base, String section, String here, Assets assets) {

    String to(String path) {
        return path.isEmpty() ? base : base + "/" + path;
    }

    String asset(String name) {
        return to(assets.path(name));
    }

    String call(String key) {
        return to("calls/" + encoded(key));
    }

    /** Calls that a line of the filter finds. */
    String calls(String line) {
        return line.isEmpty() ? to("calls") : to("calls?q=" + encoded(line));
    }

    /** @param side {@code before} or {@code after} */
    String calls(String line, String side, String key) {
        return to("calls?q=" + encoded(line) + "&" + side + "=" + encoded(key));
    }

    String calls(Qualifier qualifier, String value) {
        return calls(FilterLine.of(qualifier, value));
    }

    /** Calls to a target in one state. */
    String standing(String target, String state) {
        return calls(FilterLine.of(Qualifier.TARGET, target) + " " + FilterLine.of(Qualifier.STATE, state));
    }

    /** Scope and key in one value of a form. */
    static String gateKey(GateKey key) {
        return encoded(key.scope()) + "/" + encoded(key.key().value());
    }

    /** What {@link #gateKey(GateKey)} wrote; empty when it wrote no such thing. */
    static Optional<GateKey> gateKey(String text) {
        String[] parts = text.split("/", -1);
        try {
            return parts.length == 2
                    ? Optional.of(new GateKey(decoded(parts[0]), IdempotencyKey.of(decoded(parts[1]))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean isAt(String other) {
        return section.equals(other);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String decoded(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }
}
