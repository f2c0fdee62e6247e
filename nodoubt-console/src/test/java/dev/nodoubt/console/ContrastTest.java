package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That text can be read: 4.5 to 1, as WCAG 2 asks at level AA. */
class ContrastTest {

    private static final Pattern COLOUR = Pattern.compile("--([a-z]+): #([0-9a-f]{6})");
    private static final List<String> INKS = List.of("ink", "quiet", "doubt", "bad", "good", "wait", "link");
    private static final List<String> GROUNDS = List.of("page", "raise", "tint");

    @ParameterizedTest
    @ValueSource(strings = {":root {", ":root[data-theme=\"dark\"] {"})
    void everyInkIsReadableOnEveryGround(String theme) throws IOException {
        Map<String, Integer> colours = colours(theme);

        for (String ink : INKS) {
            for (String ground : GROUNDS) {
                assertThat(contrast(colours, ink, ground))
                        .as("%s on %s", ink, ground)
                        .isGreaterThanOrEqualTo(4.5);
            }
        }
    }

    @Test
    void darkIsTheSameWhetherTheSystemOrAPersonWantsIt() throws IOException {
        assertThat(colours(":root:not([data-theme=\"light\"]) {")).isEqualTo(colours(":root[data-theme=\"dark\"] {"));
    }

    private static Map<String, Integer> colours(String theme) throws IOException {
        String css = Files.readString(Path.of("src/main/resources/dev/nodoubt/console/assets/console.css"));
        int begin = css.indexOf(theme);
        assertThat(begin).isNotNegative();
        Matcher matcher = COLOUR.matcher(css.substring(begin, css.indexOf('}', begin)));
        Map<String, Integer> colours = new HashMap<>();
        while (matcher.find()) {
            colours.put(matcher.group(1), Integer.parseInt(matcher.group(2), 16));
        }
        assertThat(colours).hasSize(11);
        return colours;
    }

    private static double contrast(Map<String, Integer> colours, String ink, String ground) {
        double one = luminance(colours.getOrDefault(ink, 0));
        double other = luminance(colours.getOrDefault(ground, 0));
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    private static double luminance(int colour) {
        return 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8 & 0xff) + 0.0722 * linear(colour & 0xff);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
