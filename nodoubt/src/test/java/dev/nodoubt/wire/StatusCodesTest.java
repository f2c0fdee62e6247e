package dev.nodoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCodesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200-299, 302 | 200-299,302",
                "201 | 201",
                "409,408,410 | 408-410",
                "599, 200 | 200,599",
                "' ' | ''",
            })
    void itIsWrittenAsItIsRead(String text, String written) {
        StatusCodes codes = StatusCodes.of(text);

        assertThat(codes).hasToString(written).isEqualTo(StatusCodes.of(written));
        assertThat(codes.isEmpty()).isEqualTo(written.isEmpty());
    }

    @Test
    void aRangeHasItsEndsAndNothingBeside() {
        StatusCodes codes = StatusCodes.of("404-410");

        assertThat(codes.contains(403)).isFalse();
        assertThat(codes.contains(404)).isTrue();
        assertThat(codes.contains(410)).isTrue();
        assertThat(codes.contains(411)).isFalse();
        assertThat(codes.contains(-1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"199", "600", "2xx", "299-200", "200,", "200 201", "-", "20000", "100-299"})
    void whatIsNoStatusIsRefusedAsItWasWritten(String text) {
        assertThatThrownBy(() -> StatusCodes.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("200 to 599")
                .hasMessageContaining("\"" + text + "\"");
    }
}
