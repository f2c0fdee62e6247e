package dev.nodoubt.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

    @Test
    void hangulTakesTwoColumns() {
        assertThat(Terminal.width("이체 a")).isEqualTo(6);
        assertThat(Terminal.left("이체", 6)).isEqualTo("이체  ");
        assertThat(Terminal.right("이체", 6)).isEqualTo("  이체");
    }

    @Test
    void theBottomLineIsWipedBeforeAnotherLine() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(out, StandardCharsets.UTF_8, true);

        terminal.status("12345");
        terminal.status("이");
        terminal.say("done");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("\r12345\r이   \r  \rdone" + System.lineSeparator());
    }

    @Test
    void withoutATerminalThereIsNoBottomLine() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(out, StandardCharsets.US_ASCII, false);

        terminal.status("50 %");

        assertThat(out.size()).isZero();
    }

    @Test
    void aBottomLineNeverWraps() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new Terminal(out, StandardCharsets.UTF_8, true).status("가".repeat(60));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("\r" + "가".repeat(39));
    }

    @Test
    void anAsciiTerminalHasNoHangul() {
        Terminal terminal = new Terminal(new ByteArrayOutputStream(), StandardCharsets.US_ASCII, true);

        assertThat(terminal.shows("한글")).isFalse();
        assertThat(terminal.shows("#.")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ko_KR.UTF-8,UTF-8",
        "C.utf8,UTF-8",
        "de_DE.ISO-8859-15@euro,ISO-8859-15",
        "C,US-ASCII",
        "POSIX,US-ASCII",
        "ko_KR.EUC-KR,EUC-KR",
        "x.???,US-ASCII"
    })
    void theLocaleNamesTheEncoding(String locale, String charset) {
        assertThat(Terminal.charset(Map.of("LC_ALL", locale))).isEqualTo(Charset.forName(charset));
    }
}
