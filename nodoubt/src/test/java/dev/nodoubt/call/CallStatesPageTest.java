package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CallStatesPageTest {

    private static final Path PAGE = Path.of(System.getProperty("basedir", ".")).resolve("../docs/call-states.md");

    @Test
    void the_committed_page_shows_what_the_machine_does() throws IOException {
        String drawn = CallStatesPage.text();
        if (Boolean.getBoolean("nodoubt.docs.write")) {
            Files.writeString(PAGE, drawn);
        }

        assertThat(PAGE)
                .as("docs/call-states.md differs from the machine; write it again with"
                        + " mvn -o test -pl nodoubt -Dtest=CallStatesPageTest -Dnodoubt.docs.write=true")
                .content()
                .isEqualTo(drawn);
    }
}
