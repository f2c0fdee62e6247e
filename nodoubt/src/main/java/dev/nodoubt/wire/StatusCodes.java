package dev.nodoubt.wire;

import java.util.BitSet;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A set of HTTP statuses, 200 to 599. Immutable. */
public final class StatusCodes {

    public static final StatusCodes NONE = new StatusCodes(new BitSet());

    private static final int LOWEST = 200;
    private static final int HIGHEST = 599;
    private static final Pattern PART = Pattern.compile("\\s*([0-9]{3})(?:\\s*-\\s*([0-9]{3}))?\\s*");

    private final BitSet codes;

    private StatusCodes(BitSet codes) {
        this.codes = codes;
    }

    /**
     * Statuses and ranges of them, separated by commas: {@code 200-299, 302}; blank for none.
     *
     * @throws IllegalArgumentException when it is something else, or a status lies outside 200 to 599
     */
    public static StatusCodes of(String text) {
        BitSet codes = new BitSet();
        if (!text.isBlank()) {
            for (String part : text.split(",", -1)) {
                add(codes, part, text);
            }
        }
        return codes.isEmpty() ? NONE : new StatusCodes(codes);
    }

    private static void add(BitSet codes, String part, String text) {
        Matcher matcher = PART.matcher(part);
        boolean legible = matcher.matches();
        int from = legible ? Integer.parseInt(matcher.group(1)) : 0;
        int to = legible && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : from;
        if (from < LOWEST || to > HIGHEST || from > to) {
            throw new IllegalArgumentException("statuses must be " + LOWEST + " to " + HIGHEST
                    + ", single or as ranges and separated by commas, such as \"200-299, 302\", were \"" + text + "\"");
        }
        codes.set(from, to + 1);
    }

    public boolean contains(int status) {
        return status >= 0 && codes.get(status);
    }

    public boolean isEmpty() {
        return codes.isEmpty();
    }

    /** Whether a status is in both. */
    public boolean overlaps(StatusCodes other) {
        return codes.intersects(other.codes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatusCodes that && codes.equals(that.codes);
    }

    @Override
    public int hashCode() {
        return codes.hashCode();
    }

    /** As {@link #of} reads it. */
    @Override
    public String toString() {
        StringJoiner parts = new StringJoiner(",");
        int from = codes.nextSetBit(0);
        while (from >= 0) {
            int after = codes.nextClearBit(from);
            parts.add(after - from == 1 ? String.valueOf(from) : from + "-" + (after - 1));
            from = codes.nextSetBit(after);
        }
        return parts.toString();
    }
}
