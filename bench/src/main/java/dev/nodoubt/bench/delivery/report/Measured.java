package dev.nodoubt.bench.delivery.report;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What one round of one contender showed.
 *
 * @param contender its title
 * @param round from 0
 * @param values by name, such as {@code closed32.donePerSecond}
 */
public record Measured(String contender, int round, Map<String, Double> values) {

    public Measured {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** Empty when it was not measured, or is no number that can be compared. */
    OptionalDouble value(String name) {
        Double value = values.get(name);
        return value == null || !Double.isFinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
