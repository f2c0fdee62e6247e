package dev.nodoubt.gate;

import java.time.Duration;

/** The checks of the gate's settings, which name property, rule and value. */
final class Bounds {

    private Bounds() {}

    static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "gate: " + name + " must be " + least + " to " + most + ", was " + value);
        }
    }

    static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException("gate: " + name + " must be >= " + least + ", was " + value);
        }
    }
}
