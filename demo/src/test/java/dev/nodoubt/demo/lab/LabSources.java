package dev.nodoubt.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the lab's own code tells the page, gathered from its sources. */
final class LabSources {

    private static final Path PLACE = Path.of("src/main/java/dev/nodoubt/demo/lab");
    /** Who it is of, what happened, and at times values. */
    private static final Pattern STEP = Pattern.compile("\\bstep\\(\\s*([^,;]+),([^,;]+?)\\s*[,;]");

    private static final Pattern DECLARED = Pattern.compile("\\bvoid step\\([^)]*\\)");
    private static final Pattern REFUSED = Pattern.compile("\"(refused_\\w+)\"");
    private static final Pattern LITERAL = Pattern.compile("\"(\\w+)\"");

    private final List<String> files;

    LabSources() throws IOException {
        try (Stream<Path> found = Files.list(PLACE)) {
            files = found.filter(file -> file.toString().endsWith(".java"))
                    .map(LabSources::read)
                    .map(code -> DECLARED.matcher(code).replaceAll(""))
                    .toList();
        }
    }

    /** The steps' names; one that ends with {@code _} is followed by what it is of. Each stands where it is told. */
    Set<String> steps() {
        Set<String> steps = new TreeSet<>();
        for (String code : files) {
            long calls = Pattern.compile("\\bstep\\(").matcher(code).results().count();
            Matcher step = STEP.matcher(code);
            while (step.find()) {
                Set<String> names = literals(LITERAL, step.group(2));
                assertThat(names).as(step.group()).isNotEmpty();
                steps.addAll(names);
                calls--;
            }
            assertThat(calls).as("calls of step that were not understood").isZero();
        }
        return steps;
    }

    Set<String> refusals() {
        Set<String> refusals = new TreeSet<>();
        files.forEach(code -> refusals.addAll(literals(REFUSED, code)));
        return refusals;
    }

    private static Set<String> literals(Pattern pattern, String code) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(code).results().forEach(one -> found.add(one.group(1)));
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
