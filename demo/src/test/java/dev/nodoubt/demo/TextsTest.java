package dev.nodoubt.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    private static final Pattern PLACE = Pattern.compile("%[.0-9]*[a-z]");

    @ParameterizedTest
    @ValueSource(strings = {"dev.nodoubt.demo.texts", "dev.nodoubt.demo.mailbox.page"})
    void bothLanguagesSayTheSameThings(String name) {
        ResourceBundle english = ResourceBundle.getBundle(name, Locale.ENGLISH);
        ResourceBundle korean = ResourceBundle.getBundle(name, Locale.KOREAN);

        assertThat(korean.keySet()).isEqualTo(english.keySet());
        assertThat(korean.keySet())
                .allSatisfy(key -> assertThat(places(korean.getString(key))).isEqualTo(places(english.getString(key))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noLineIsWiderThanATerminal(boolean korean) {
        ResourceBundle bundle =
                ResourceBundle.getBundle("dev.nodoubt.demo.texts", korean ? Locale.KOREAN : Locale.ENGLISH);

        assertThat(bundle.keySet())
                .allSatisfy(key -> assertThat(bundle.getString(key).lines().mapToInt(Terminal::width))
                        .allSatisfy(width -> assertThat(width).isLessThanOrEqualTo(76)));
        assertThat(new Briefing(new Texts(korean)).of(100_000, Long.MIN_VALUE).lines())
                .allSatisfy(line -> assertThat(Terminal.width(line)).isLessThanOrEqualTo(78));
    }

    @Test
    void aPlaceIsFilled() {
        assertThat(new Texts(false).get("memory", 12)).isEqualTo("Peak memory of all processes: 12 MB.");
    }

    private static List<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).toList();
    }
}
