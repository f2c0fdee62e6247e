package dev.nodoubt.bench.delivery;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one round of one contender showed.
 *
 * @param values by name, such as {@code closed32.donePerSecond}
 */
record Measured(Entrant entrant, int round, Map<String, Double> values) {

    Measured {
        values = new TreeMap<>(values);
    }
}
