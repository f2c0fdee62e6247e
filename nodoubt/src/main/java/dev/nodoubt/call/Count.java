package dev.nodoubt.call;

/**
 * A number that is cheap to know at any size: exact up to a bound, "so many or more" above it.
 *
 * @param value counted; never more than the bound of who counts
 * @param more whether there may be more than that
 */
public record Count(long value, boolean more) {

    public static final Count NONE = new Count(0, false);

    Count plus(Count other) {
        return new Count(value + other.value, more || other.more);
    }

    /** {@code 10,000+} is written as {@code 10000+}: grouping is the reader's. */
    @Override
    public String toString() {
        return more ? value + "+" : Long.toString(value);
    }
}
