package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConsolePropertiesTest {

    private static final Pattern PROPERTY =
            Pattern.compile("\\{\\s*\"name\": \"nodoubt\\.console\\.[^}]*\"type\"[^}]*}");

    @Test
    void everyPropertyIsDescribed() throws IOException {
        String metadata = Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json"));
        String properties = metadata.substring(metadata.indexOf("\"properties\""));

        assertThat(PROPERTY.matcher(properties).results().map(match -> match.group()))
                .hasSize(5)
                .allSatisfy(property -> assertThat(property).contains("\"description\": \""));
    }

    @Test
    void boundsAreSaid() {
        assertThatThrownBy(() -> new ConsoleProperties.Live(Duration.ofMillis(10), 1))
                .hasMessage("nodoubt.console.live.every must be >= PT0.2S, was PT0.01S");
        assertThatThrownBy(() -> new ConsoleProperties.Live(Duration.ofSeconds(2), -1))
                .hasMessage("nodoubt.console.live.watchers must be 0 to 10000, was -1");
    }
}
