package dev.nodoubt.console;

import dev.nodoubt.call.CallFilter;
import dev.nodoubt.call.CallQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one line in which an operator says what calls to see: terms with spaces between them, all of which must hold. A term
 * is a qualifier, a colon and a value, which stands in double quotes where it has spaces. A word alone is the beginning of a
 * key where it looks like one, else a reference.
 *
 * @param text as typed, without spaces around it
 * @param terms those that were understood
 * @param problems those that were not; they ask for nothing
 */
record FilterLine(String text, List<Term> terms, List<Problem> problems) {

    private static final int LONGEST = 1_000;
    private static final Pattern TERM = Pattern.compile("(?:([a-z]+):)?(?:\"([^\"]*)\"?|(\\S+))");
    private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F-]{0,27})?");

    record Term(Qualifier qualifier, String value) {}

    /** @param why what is wrong: a text's key after {@code filter.problem.} */
    record Problem(String term, String why) {}

    static FilterLine parse(String line) {
        String text = line.strip();
        if (text.length() > LONGEST) {
            return new FilterLine("", List.of(), List.of(new Problem(text.substring(0, 20) + "…", "long")));
        }
        List<Term> terms = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<Qualifier> seen = EnumSet.noneOf(Qualifier.class);
        Matcher matcher = TERM.matcher(text);
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            Optional<Qualifier> qualifier = qualifier(matcher.group(1), value);
            if (qualifier.isEmpty()) {
                problems.add(new Problem(matcher.group(), "qualifier"));
            } else if (!seen.add(qualifier.get())) {
                problems.add(new Problem(matcher.group(), "twice"));
            } else if (!isValue(qualifier.get(), value)) {
                problems.add(
                        new Problem(matcher.group(), "value." + qualifier.get().word()));
            } else {
                terms.add(new Term(qualifier.get(), value));
            }
        }
        return new FilterLine(text, List.copyOf(terms), List.copyOf(problems));
    }

    private static Optional<Qualifier> qualifier(@Nullable String word, String value) {
        if (word == null) {
            return Optional.of(KEY.matcher(value).matches() ? Qualifier.KEY : Qualifier.REF);
        }
        return Qualifier.ofWord(word);
    }

    private static boolean isValue(Qualifier qualifier, String value) {
        try {
            qualifier.apply(CallFilter.of(CallQuery.NEWEST), value, Instant.EPOCH);
            return !value.isBlank();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What the store is asked for. */
    CallFilter filter(Instant now, int limit) {
        CallFilter filter = CallFilter.of(CallQuery.NEWEST.limit(limit));
        for (Term term : terms) {
            filter = term.qualifier.apply(filter, term.value, now);
        }
        return filter;
    }

    /** A line of one term, as links carry it. */
    static String of(Qualifier qualifier, String value) {
        return qualifier.word() + ":" + (value.chars().anyMatch(Character::isWhitespace) ? "\"" + value + "\"" : value);
    }
}
