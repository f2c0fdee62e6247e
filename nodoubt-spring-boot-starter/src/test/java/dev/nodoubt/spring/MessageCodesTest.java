package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line of log at WARN or ERROR, and each check that stops a start, has a code, explained in both languages. */
class MessageCodesTest {

    private static final List<String> MODULES =
            List.of("nodoubt", "nodoubt-http", "nodoubt-spring-boot-starter", "nodoubt-console");
    private static final Pattern CODE = Pattern.compile("ND-\\d{4}");
    private static final Pattern LINE = Pattern.compile("(?i)\\blog\\.(?:warn|error)\\(\\s*([^\\n]*)");
    private static final Pattern ENTRY = Pattern.compile("(?m)^### (ND-\\d{4}): (.+)$");

    @Test
    void everyLineOfWarningOrErrorBeginsWithACode() {
        assertThat(sources())
                .flatExtracting(source -> LINE.matcher(source).results().toList())
                .isNotEmpty()
                .extracting(line -> line.group(1))
                .allSatisfy(message -> assertThat(message).matches("\"ND-\\d{4} .*"));
    }

    @Test
    void noTwoLinesOfLogShareACode() {
        List<String> codes = sources().stream()
                .flatMap(source -> LINE.matcher(source).results())
                .map(line -> line.group(1).substring(1, 8))
                .toList();

        assertThat(codes).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages.properties", "messages_ko.properties"})
    void everyCodeIsInTheCatalogueAndEveryCodeThereIsUsed(String catalogue) {
        Set<String> codes = texts(catalogue).keySet().stream()
                .filter(name -> CODE.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(codes).containsExactlyElementsOf(used());
    }

    @ParameterizedTest
    @ValueSource(strings = {"troubleshooting.md", "troubleshooting.ko.md"})
    void everyCodeIsExplainedUnderTheCataloguesWords(String page) {
        Map<String, String> texts = texts(page.endsWith(".ko.md") ? "messages_ko.properties" : "messages.properties");

        String text = read(root().resolve("docs").resolve(page));

        assertThat(ENTRY.matcher(text).results().map(MatchResult::group).toList())
                .containsExactlyElementsOf(used().stream()
                        .map(code -> "### " + code + ": " + texts.get(code))
                        .toList());
        assertThat(ENTRY.splitAsStream(text).skip(1))
                .allSatisfy(entry ->
                        assertThat(entry.replaceAll("(?s)\n## .*", "").strip()).matches("- [^:]+: .+\n- [^:]+: .+"));
    }

    @Test
    void bothLanguagesHaveTheSameTextsWithTheSameArguments() {
        Map<String, String> english = texts("messages.properties");
        Map<String, String> korean = texts("messages_ko.properties");

        assertThat(korean).containsOnlyKeys(english.keySet());
        assertThat(korean).allSatisfy((name, text) -> {
            assertThat(text).as(name).isNotEqualTo(english.get(name)).matches("(?s).*\\p{IsHangul}.*");
            assertThat(arguments(text)).as(name).isEqualTo(arguments(String.valueOf(english.get(name))));
        });
    }

    private static Set<String> arguments(String text) {
        return Pattern.compile("\\{\\d}")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static Set<String> used() {
        return sources().stream()
                .flatMap(source -> CODE.matcher(source).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> texts(String catalogue) {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(
                root().resolve("nodoubt/src/main/resources/dev/nodoubt").resolve(catalogue))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return texts;
    }

    private static List<String> sources() {
        return MODULES.stream().flatMap(MessageCodesTest::sources).toList();
    }

    private static Stream<String> sources(String module) {
        try (Stream<Path> files = Files.walk(root().resolve(module).resolve("src/main/java"))) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(MessageCodesTest::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        return Path.of("..").toAbsolutePath().normalize();
    }
}
