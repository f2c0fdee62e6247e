package dev.nodoubt.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sizes at which a concept is missing, in the main trees of all modules. */
class SourceLimitsTest {

    @TempDir
    Path directory;

    @Test
    void everyModuleKeepsTheLimits() throws IOException {
        List<Path> sources = mainSources(checkout());

        assertThat(sources)
                .anyMatch(file -> file.endsWith("dev/nodoubt/Outcome.java"))
                .anyMatch(file -> file.endsWith("dev/nodoubt/test/FaultProxy.java"));
        assertThat(SourceLimits.violations(sources)).isEmpty();
    }

    @Test
    void aFileMustHaveFewerThan300Lines() throws IOException {
        assertThat(violations("app", "class A {\n" + "\n".repeat(297) + "}\n")).isEmpty();
        assertThat(violations("app", "class A {\n" + "\n".repeat(298) + "}\n"))
                .singleElement()
                .asString()
                .endsWith("A.java has 300 lines, must have fewer than 300");
    }

    @Test
    void aMethodMustHaveFewerThan70Lines() throws IOException {
        assertThat(violations("app", "class A {\nvoid most() {\n" + "\n".repeat(67) + "}\n}\n"))
                .isEmpty();
        assertThat(violations("app", "class A {\nvoid tooMuch() {\n" + "\n".repeat(68) + "}\n}\n"))
                .singleElement()
                .asString()
                .endsWith("A.java:2 tooMuch has 70 lines, must have fewer than 70");
    }

    @Test
    void onlyTheWireNamesHeaders() throws IOException {
        String source = "/** Nodoubt-Outcome. */ class A { String name = \"Nodoubt-Outcome\"; }\n";

        assertThat(violations("nodoubt", "package dev.nodoubt.wire;\n" + source))
                .isEmpty();
        assertThat(violations("nodoubt", "package dev.nodoubt.gate;\n" + source))
                .singleElement()
                .asString()
                .contains("A.java:2 names the header Nodoubt-Outcome");
    }

    private List<String> violations(String module, String source) throws IOException {
        Path file = Files.createDirectories(directory.resolve(module + "/src/main/java"))
                .resolve("A.java");
        Files.writeString(file, source);
        return SourceLimits.violations(List.of(file));
    }

    private static Path checkout() {
        Path path = Path.of("").toAbsolutePath();
        while (!Files.exists(path.resolve(".mvn"))) {
            path = path.resolveSibling("");
            assertThat(path.getNameCount())
                    .as("a directory above this one has .mvn")
                    .isPositive();
        }
        return path;
    }

    private static List<Path> mainSources(Path checkout) throws IOException {
        try (Stream<Path> files = Files.walk(checkout)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
                    .filter(file -> !checkout.relativize(file).toString().contains("target"))
                    .toList();
        }
    }
}
