package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.Count;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShowTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final Show english = new Show(Texts.ENGLISH, NOW);
    private final Show korean = new Show(Texts.KOREAN, NOW);

    @ParameterizedTest
    @CsvSource({
        "PT0S,0 ms,0ms",
        "PT0.999S,999 ms,999ms",
        "PT1.28S,1.2 s,1.2초",
        "PT59S,59 s,59초",
        "PT5M,5 min,5분",
        "PT61S,1 min 1 s,1분 1초",
        "PT25H,1 d 1 h,1일 1시간"
    })
    void durationHasItsTwoLargestUnits(Duration duration, String inEnglish, String inKorean) {
        assertThat(english.duration(duration).replace('\u00a0', ' ')).isEqualTo(inEnglish);
        assertThat(korean.duration(duration)).isEqualTo(inKorean);
    }

    @Test
    void whatLiesAheadHasNoAgeAndWhatIsOverIsNotAhead() {
        assertThat(english.age(NOW.plusSeconds(5))).isEqualTo("0 ms");
        assertThat(english.ahead(NOW.minusSeconds(5))).isEqualTo("0 ms");
    }

    @Test
    void countThatIsNotExactSaysSo() {
        assertThat(english.count(new Count(10_000, true))).isEqualTo("10,000+");
        assertThat(english.count(new Count(12, false))).isEqualTo("12");
    }
}
