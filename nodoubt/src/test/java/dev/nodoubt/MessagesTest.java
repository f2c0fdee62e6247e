package dev.nodoubt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.MissingResourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | en",
                "ko | ko",
                "ko-KR,ko;q=0.9,en;q=0.8 | ko",
                "en-US,ko;q=0.9 | en",
                "fr,ko;q=0.5,en;q=0.7 | en",
                "fr | en",
                "* | en",
                "'' | en",
                "ko;q=much | en",
            })
    void aRequestGetsTheLanguageThatItPrefersOfThoseThatThereAre(String accepted, String language) {
        assertThat(Messages.accepted(accepted).language()).hasToString(language);
    }

    @Test
    void aPlaceWithoutALanguageHereGetsEnglishWhateverTheDefaultIs() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.KOREA);

            assertThat(Messages.in(Locale.FRANCE).text("ND-0207")).isEqualTo("The answer to a commit was lost");
            assertThat(Messages.in(Locale.KOREA).text("ND-0207")).isEqualTo("커밋 응답을 받지 못함");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void argumentsTakeTheirPlacesAndBracesOfAnArgumentStay() {
        assertThat(Messages.in(Locale.ENGLISH).text("ND-0409.problem", "x{1}", "{0}"))
                .isEqualTo("x{1} declares what cannot be a rejection: {0}.");
    }

    @Test
    void anUnknownNameIsAMistake() {
        assertThat(Messages.in(Locale.KOREAN).has("ND-9999")).isFalse();
        assertThatThrownBy(() -> Messages.in(Locale.KOREAN).text("ND-9999"))
                .isInstanceOf(MissingResourceException.class);
    }
}
