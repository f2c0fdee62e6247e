package dev.nodoubt.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.nodoubt.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a user can type is decided, not left over: {@code public-types.txt} lists it. */
class PublicTypesTest {

    @Test
    void thePublicTypesAreTheListedOnes() throws IOException {
        SortedSet<String> found = publicTypes(Outcome.class);

        assertThat(difference(found, listed())).as("public-types.txt").isEmpty();
    }

    @Test
    void aTypeThatIsNotListedAndOneThatIsNotFoundAreBothNamed() {
        assertThat(difference(Set.of("a.Kept", "a.New"), Set.of("a.Kept", "a.Gone")))
                .isEqualTo("""
                        + a.New (public, not listed: list it, or make it package-private)
                        - a.Gone (listed, not public: a user's code may break)
                        """);
    }

    @Test
    void whatIsNestedInAHiddenTypeIsNotPublic() {
        assertThat(new ClassFileImporter()
                        .importClasses(Hidden.class, Hidden.Nested.class, HouseRule.class).stream()
                                .filter(PublicTypesTest::isPublic))
                .isEmpty();
    }

    private static String difference(Set<String> found, Set<String> listed) {
        return missing(found, listed, "+ %s (public, not listed: list it, or make it package-private)\n")
                + missing(listed, found, "- %s (listed, not public: a user's code may break)\n");
    }

    private static String missing(Set<String> from, Set<String> in, String line) {
        return from.stream()
                .filter(type -> !in.contains(type))
                .sorted()
                .map(line::formatted)
                .collect(Collectors.joining());
    }

    private static SortedSet<String> publicTypes(Class<?> anyOfThem) {
        return new ClassFileImporter()
                .importUrl(anyOfThem.getProtectionDomain().getCodeSource().getLocation()).stream()
                        .filter(PublicTypesTest::isPublic)
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicTypesTest::isPublic).orElse(true);
    }

    private static Set<String> listed() throws IOException {
        try (InputStream in = PublicTypesTest.class.getResourceAsStream("/public-types.txt")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toSet());
        }
    }

    static final class Hidden {

        public record Nested() {}
    }
}
