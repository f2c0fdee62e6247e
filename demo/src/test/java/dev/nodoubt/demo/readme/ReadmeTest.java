package dev.nodoubt.demo.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both READMEs say what is so: their code is compiled code, what their tables name exists, and they say the same. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String ENGLISH = "README.md";
    private static final String KOREAN = "README.ko.md";
    private static final String TARGETS = "docs/targets.md";
    private static final String MIGRATING = "docs/migrating.md";
    private static final String MIGRATING_KOREAN = "docs/migrating.ko.md";
    private static final Pattern SAMPLE =
            Pattern.compile("<!-- ([^\\s#]+)(?:#(\\S+))? -->\n```(\\w+)\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern SAMPLE_LANGUAGE = Pattern.compile("```(java|kotlin|xml|sql)\n");
    private static final Pattern TAG = Pattern.compile("(//|#|--|<!--) (tag|end)::[a-z-]+\\[](?: -->)?");
    private static final Pattern CODE = Pattern.compile("```\\w*\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern POINTED = Pattern.compile("\\d+(\\.\\d+)+");
    private static final Pattern BAR = Pattern.compile("\\|");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");

    @ParameterizedTest
    @CsvSource({ENGLISH + ",12", KOREAN + ",12", TARGETS + ",1", MIGRATING + ",19", MIGRATING_KOREAN + ",19"})
    void its_code_is_a_file_that_the_build_compiles_or_a_region_of_one(String readme, int atLeast) {
        List<MatchResult> samples = SAMPLE.matcher(read(readme)).results().toList();

        assertThat(samples).hasSizeGreaterThanOrEqualTo(atLeast);
        for (MatchResult sample : samples) {
            assertThat(sample.group(4)).as(sample.group(1)).isEqualTo(source(sample.group(1), sample.group(2)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, KOREAN, TARGETS, MIGRATING, MIGRATING_KOREAN})
    void every_block_of_code_names_its_source(String readme) {
        String text = read(readme);

        assertThat(SAMPLE.matcher(text)
                        .results()
                        .map(m -> "```" + m.group(3) + "\n")
                        .filter(SAMPLE_LANGUAGE.asPredicate()))
                .hasSameSizeAs(SAMPLE_LANGUAGE.matcher(text).results().toList());
    }

    /** The README's first program is shown as a whole: whoever copies it needs nothing else. */
    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, KOREAN})
    void every_file_of_the_first_call_is_shown(String readme) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples/first-call/src/main"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file ->
                                    "<!-- " + ROOT.relativize(file).toString().replace('\\', '/') + " -->"))
                    .isNotEmpty()
                    .allMatch(read(readme)::contains);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-call", "kotlin", "spring-cloud-openfeign"})
    void an_example_has_the_versions_of_this_build(String example) {
        String build = read("pom.xml");
        String springBoot = between(build, "<spring-boot.version>", "<");

        assertThat(read("examples/" + example + "/pom.xml"))
                .contains("<artifactId>spring-boot-starter-parent</artifactId>\n    <version>" + springBoot + "<")
                .contains("<version>" + between(build, "<artifactId>nodoubt-parent</artifactId>\n  <version>", "<")
                        + "<");
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, KOREAN})
    void what_a_row_of_remedies_names_exists(String readme) {
        List<String> rows = remedies(read(readme));

        assertThat(rows).hasSizeGreaterThanOrEqualTo(13);
        for (String row : rows) {
            List<String> cells = cells(row).toList();
            String where = cells.get(4) + cells.get(5);
            List<String> names =
                    NAME.matcher(where).results().map(m -> m.group(1)).toList();
            assertThat(names.isEmpty()).as("names nothing: %s", row).isEqualTo(where.contains("not yet"));
            assertThat(names).as(row).allMatch(ReadmeTest::exists);
        }
    }

    @Test
    void a_name_that_does_not_exist_is_noticed() {
        assertThat(List.of("NoSuchClass", "nodoubt.targets.mail.no-such-timeout", "./no-such.sh", "/no/such/page"))
                .noneMatch(ReadmeTest::exists);
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, KOREAN})
    void its_links_lead_somewhere(String readme) {
        assertThat(LINK.matcher(read(readme)).results().map(m -> m.group(1)).toList())
                .isNotEmpty()
                .allMatch(link -> Files.exists(ROOT.resolve(link)));
    }

    @ParameterizedTest
    @CsvSource({ENGLISH + "," + KOREAN, MIGRATING + "," + MIGRATING_KOREAN})
    void both_languages_say_the_same(String englishFile, String koreanFile) {
        String english = read(englishFile);
        String korean = read(koreanFile);

        assertThat(blocks(korean)).isEqualTo(blocks(english));
        assertThat(shape(korean)).isEqualTo(shape(english));
        assertThat(numbers(korean)).isEqualTo(numbers(english));
    }

    private static List<String> blocks(String readme) {
        return CODE.matcher(readme).results().map(m -> m.group(1)).toList();
    }

    /** Headings' levels and tables' columns, in order. */
    private static List<String> shape(String readme) {
        return readme.lines()
                .filter(line -> line.startsWith("#") || line.startsWith("|") || line.matches("\\d\\. .*"))
                .map(line -> line.startsWith("|")
                        ? "row of " + line.chars().filter(c -> c == '|').count()
                        : line.substring(0, line.indexOf(' ')))
                .toList();
    }

    /** Of each row its cells that are numbers, such as the demo's result, and the versions and parts that it names. */
    private static List<String> numbers(String readme) {
        return readme.lines()
                .filter(line -> line.startsWith("|"))
                .map(row -> Stream.concat(
                                cells(row).map(String::trim).filter(cell -> cell.matches("[\\d.,]+")),
                                POINTED.matcher(row).results().map(MatchResult::group))
                        .sorted()
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private static List<String> remedies(String readme) {
        int begin = readme.indexOf("|---|---|---|---|---|\n");
        List<String> rows = new ArrayList<>();
        for (String line : readme.substring(begin).lines().skip(1).toList()) {
            if (!line.startsWith("|")) {
                return rows;
            }
            rows.add(line);
        }
        return rows;
    }

    private static Stream<String> cells(String row) {
        return BAR.splitAsStream(row);
    }

    private static boolean exists(String name) {
        if (name.startsWith("./") || name.startsWith("docs/")) {
            return Files.exists(ROOT.resolve(name));
        }
        if (name.startsWith("/")) {
            return anySource(text -> text.contains('"' + name + '"'));
        }
        if (name.startsWith("nodoubt.") || name.startsWith("mail.")) {
            return anySource(text ->
                    Pattern.compile(" " + camel(name) + "[,)\\s]").matcher(text).find());
        }
        String file = name.replace("@", "") + ".java";
        return sources().anyMatch(path -> path.getFileName().toString().equals(file));
    }

    /** The last word of a property, as the record that binds it names it. */
    private static String camel(String property) {
        String last = property.substring(property.lastIndexOf('.') + 1);
        return Pattern.compile("-(.)").matcher(last).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
    }

    private interface Question {
        boolean of(String text);
    }

    private static boolean anySource(Question question) {
        return sources()
                .filter(path -> path.toString().contains("/src/main/"))
                .anyMatch(path -> question.of(read(path)));
    }

    private static Stream<Path> sources() {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all
                    .filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.toString().contains("/target/"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file's region, or all of it where no tag is named, without the lines that mark regions. */
    private static String source(String file, @Nullable String tag) {
        List<String> lines = read(file).lines().toList();
        int begin = tag == null ? 0 : indexOf(lines, "tag::" + tag + "[]");
        int end = tag == null ? lines.size() : indexOf(lines, "end::" + tag + "[]");
        return lines.subList(begin, end).stream()
                .filter(line -> !TAG.matcher(line.strip()).matches())
                .collect(Collectors.joining("\n"))
                .stripIndent();
    }

    private static int indexOf(List<String> lines, String mark) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(mark) && TAG.matcher(lines.get(i).strip()).matches()) {
                return i;
            }
        }
        throw new AssertionError("no line " + mark);
    }

    private static String between(String text, String before, String after) {
        int begin = text.indexOf(before) + before.length();
        return text.substring(begin, text.indexOf(after, begin));
    }

    private static String read(String file) {
        return read(ROOT.resolve(file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
