package dev.nodoubt.bench.scale;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one round of one measurement showed.
 *
 * @param part what grows
 * @param size how much of it there was
 * @param values by name, such as {@code closed.donePerSecond}
 */
record Sample(String part, int size, int round, Map<String, Double> values) {

    Sample {
        values = new TreeMap<>(values);
    }

    double value(String name) {
        return values.getOrDefault(name, Double.NaN);
    }
}
