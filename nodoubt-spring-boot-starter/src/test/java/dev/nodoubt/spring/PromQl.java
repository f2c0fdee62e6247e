package dev.nodoubt.spring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a PromQL expression as tells which metrics and labels it names. */
record PromQl(String text) {

    private static final Pattern SELECTOR = Pattern.compile("\\b(nodoubt_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on)\\s*\\(([^)]*)\\)");

    /** What the scraper adds. */
    private static final Set<String> ADDED = Set.of("job", "instance");

    Set<String> metrics() {
        Set<String> names = new TreeSet<>();
        Matcher selector = SELECTOR.matcher(text);
        while (selector.find()) {
            names.add(selector.group(1));
        }
        return names;
    }

    /** What it names that is not there, each in one line. */
    List<String> unknown(Exposition exposition) {
        List<String> unknown = new ArrayList<>();
        Set<String> labels = new TreeSet<>(ADDED);
        Matcher selector = SELECTOR.matcher(text);
        while (selector.find()) {
            Map<String, Set<String>> found = exposition.metrics().get(selector.group(1));
            if (found == null) {
                unknown.add(selector.group(1) + " in " + text);
                continue;
            }
            labels.addAll(found.keySet());
            unknown.addAll(unmatched(selector, found));
        }
        Matcher grouping = GROUPING.matcher(text);
        while (grouping.find()) {
            Arrays.stream(grouping.group(1).split(","))
                    .map(String::strip)
                    .filter(label -> !labels.contains(label))
                    .forEach(label -> unknown.add("label " + label + " in " + text));
        }
        return unknown;
    }

    private List<String> unmatched(Matcher selector, Map<String, Set<String>> found) {
        List<String> unknown = new ArrayList<>();
        Matcher matcher = MATCHER.matcher(selector.group(2) == null ? "" : selector.group(2));
        while (matcher.find()) {
            String label = matcher.group(1);
            Set<String> values = found.get(label);
            if (values == null && !ADDED.contains(label)) {
                unknown.add(selector.group(1) + "{" + label + "} in " + text);
            } else if (values != null && label.equals("state") && !values.contains(matcher.group(3))) {
                unknown.add(label + "=" + matcher.group(3) + " in " + text);
            }
        }
        return unknown;
    }
}
