package dev.nodoubt.bench.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What a run showed. */
record DeliveryReport(DeliveryOptions options, String settings, List<Measured> measured) {

    String write() {
        StringBuilder text = new StringBuilder(settings).append("\n\n");
        TreeSet<String> names = new TreeSet<>();
        measured.forEach(m -> names.addAll(m.values().keySet()));
        text.append(String.format(Locale.ROOT, "%-28s", ""));
        options.entrants().forEach(entrant -> text.append(String.format(Locale.ROOT, "%14s", entrant.title())));
        text.append('\n');
        for (String name : names) {
            text.append(String.format(Locale.ROOT, "%-28s", name));
            medians(name).values().forEach(value -> text.append(String.format(Locale.ROOT, "%14.3f", value)));
            text.append('\n');
        }
        return text.toString();
    }

    private Map<Entrant, Double> medians(String name) {
        Map<Entrant, Double> medians = new LinkedHashMap<>();
        for (Entrant entrant : options.entrants()) {
            double[] values = measured.stream()
                    .filter(m -> m.entrant() == entrant && m.values().containsKey(name))
                    .mapToDouble(m -> m.values().getOrDefault(name, 0.0))
                    .sorted()
                    .toArray();
            medians.put(entrant, values.length == 0 ? Double.NaN : values[values.length / 2]);
        }
        return medians;
    }
}
