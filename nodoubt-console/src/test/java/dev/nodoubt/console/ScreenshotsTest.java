package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(
        value = "dev.nodoubt.console.Browser#isInstalled",
        disabledReason = "no chromium with chromedriver is installed")
class ScreenshotsTest {

    @Test
    void everyPageHasAPictureInLightAndDarkThatIsSmall(@TempDir Path folder) throws Exception {
        String wanted = System.getProperty("console.screenshots");
        Path place = wanted == null ? folder : Path.of(wanted);
        try (Site site = Site.start("nodoubt.console.access.loopback=act", "nodoubt.console.live.every=300ms")) {
            Seeds seeds = site.seeds();
            site.post("/targets/bank/pause", Map.of("reason", "their maintenance until 14:00"));
            site.post("/calls/" + seeds.key("person").value() + "/reveal", Map.of());

            new Screenshots(place, wanted == null ? Duration.ofSeconds(1) : Duration.ofSeconds(50)).take(site, seeds);
        }

        try (Stream<Path> pictures = Files.list(place)) {
            assertThat(pictures)
                    .hasSize(26)
                    .allSatisfy(picture -> assertThat(picture).isNotEmptyFile())
                    .allSatisfy(picture -> assertThat(Files.size(picture)).isLessThan(150_000));
        }
    }
}
