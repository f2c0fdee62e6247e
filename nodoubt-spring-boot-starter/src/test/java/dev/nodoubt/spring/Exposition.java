package dev.nodoubt.spring;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus reads of applications: names, their labels, and the values of those. */
record Exposition(Map<String, Map<String, Set<String>>> metrics) {

    private static final Pattern SAMPLE = Pattern.compile("^([a-z][a-zA-Z0-9_]*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    static Exposition of(Iterable<String> texts) {
        Map<String, Map<String, Set<String>>> metrics = new TreeMap<>();
        for (String text : texts) {
            text.lines().forEach(line -> read(line, metrics));
        }
        return new Exposition(metrics);
    }

    private static void read(String line, Map<String, Map<String, Set<String>>> metrics) {
        Matcher sample = SAMPLE.matcher(line);
        if (sample.matches()) {
            Map<String, Set<String>> labels = metrics.computeIfAbsent(sample.group(1), name -> new TreeMap<>());
            String all = sample.group(2) == null ? "" : sample.group(2);
            Matcher label = LABEL.matcher(all);
            while (label.find()) {
                labels.computeIfAbsent(label.group(1), name -> new TreeSet<>()).add(label.group(2));
            }
        }
    }
}
