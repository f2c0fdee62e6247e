package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Pattern USED =
            Pattern.compile("(?:page\\.text|texts(?:\\(\\))?\\s*\\.get)\\(\"([a-z0-9.-]+)\"[,)]");
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)[,}]");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(Texts.KOREAN.keys()).isEqualTo(Texts.ENGLISH.keys());
    }

    @Test
    void everyTextThatPagesNameIsThere() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path source : sources()) {
            Matcher matcher = USED.matcher(Files.readString(source));
            while (matcher.find()) {
                used.add(matcher.group(1));
            }
        }

        assertThat(used).hasSizeGreaterThan(100);
        assertThat(Texts.ENGLISH.keys()).containsAll(used);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            return files.filter(file -> file.toString().matches(".*\\.(jte|java)"))
                    .toList();
        }
    }

    @Test
    void koreanUsesTheSameArguments() throws IOException {
        Object[] marks = {1, 2, 3};
        Properties english = patterns("en");
        Properties korean = patterns("ko");

        for (String key : Texts.ENGLISH.keys()) {
            assertThat(arguments(korean, key)).as(key).isEqualTo(arguments(english, key));
            assertThat(Texts.KOREAN.get(key, marks)).as(key).isNotBlank().doesNotContain("{");
            assertThat(Texts.ENGLISH.get(key, marks)).as(key).isNotBlank().doesNotContain("{");
        }
    }

    private static Set<String> arguments(Properties patterns, String key) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = ARGUMENT.matcher(patterns.getProperty(key));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static Properties patterns(String language) throws IOException {
        Path file = Path.of("src/main/resources/dev/nodoubt/console/texts_" + language + ".properties");
        Properties patterns = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            patterns.load(reader);
        }
        return patterns;
    }
}
