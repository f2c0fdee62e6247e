package dev.nodoubt.test.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What stands on the command line: {@code --name value} and {@code --name=value}, each name once. */
final class Arguments {

    /** A person's mistake, in one line that says what to do. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1;

        Invalid(String message) {
            super(message);
        }
    }

    private static final Set<String> WITHOUT_VALUE = Set.of("--list", "--help");

    private static final Set<String> WITH_VALUE = Set.of(
            "--receiver",
            "--outcome",
            "--fence",
            "--token",
            "--other-token",
            "--quota-token",
            "--body",
            "--media-type",
            "--invalid-body",
            "--effects",
            "--effects-command",
            "--ungateable",
            "--log",
            "--with",
            "--without",
            "--body-limit",
            "--reply-limit",
            "--transaction-limit",
            "--patience",
            "--rounds",
            "--only",
            "--out");

    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /** Every option there is. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(WITH_VALUE);
        names.addAll(WITHOUT_VALUE);
        Arrays.stream(Hook.values()).map(Hook::option).forEach(names::add);
        return names;
    }

    static Arguments parse(List<String> words) throws Invalid {
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> names = names();
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String name = rest.pop();
            int equals = name.startsWith("--") ? name.indexOf('=') : -1;
            if (equals > 0) {
                rest.push(name.substring(equals + 1));
                name = name.substring(0, equals);
            }
            if (!names.contains(name)) {
                throw new Invalid("unknown option " + name + "; --help lists them");
            }
            boolean valued = !WITHOUT_VALUE.contains(name);
            if (valued && rest.isEmpty()) {
                throw new Invalid(name + " needs a value");
            }
            if (values.put(name, valued ? rest.pop() : "") != null) {
                throw new Invalid(name + " came twice");
            }
        }
        return new Arguments(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The parts between commas. */
    List<String> words(String name) {
        return has(name)
                ? Arrays.stream(text(name, "").split(","))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList()
                : List.of();
    }

    int number(String name, int least, int most) throws Invalid {
        try {
            int number = Integer.parseInt(text(name, ""));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new Invalid(name + " must be " + least + " to " + most + ", was " + text(name, ""));
    }

    Path path(String name) throws Invalid {
        try {
            return Path.of(text(name, ""));
        } catch (InvalidPathException e) {
            throw new Invalid(name + " must be a file, was " + text(name, ""));
        }
    }

    /** The content of the file that is named; empty when none is. */
    String content(String name) throws Invalid {
        if (!has(name)) {
            return "";
        }
        try {
            return Files.readString(path(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Invalid(name + " must be a readable UTF-8 file, was " + text(name, ""));
        }
    }
}
