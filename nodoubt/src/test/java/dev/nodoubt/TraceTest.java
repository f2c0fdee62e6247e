package dev.nodoubt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void whatIsWrittenIsRead() {
        Trace plain = new Trace(PARENT, null);
        Trace full = new Trace(PARENT, "rojo=00f067aa0ba902b7, congo=t61rcWkgMzE");

        assertThat(Trace.ofText(plain.text())).contains(plain);
        assertThat(Trace.ofText(full.text())).contains(full);
        assertThat(new Trace(PARENT, "k".repeat(512)).text()).hasSize(568);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nX-Evil: 1"
            })
    void whatIsNoTraceparentIsNoTrace(String parent) {
        assertThat(Trace.of(parent, null)).isEmpty();
        assertThat(Trace.ofText(parent)).isEmpty();
        assertThatThrownBy(() -> new Trace(parent, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trace: parent must be");
    }

    @Test
    void aStateOutOfBoundsIsLeftOutOfWhatCameFromOutsideAndRefusedOtherwise() {
        String tooLong = "k".repeat(513);

        assertThat(Trace.of(PARENT, tooLong)).contains(new Trace(PARENT, null));
        assertThat(Trace.of(PARENT, "a=1\r\nX: 2")).contains(new Trace(PARENT, null));
        assertThatThrownBy(() -> new Trace(PARENT, tooLong)).hasMessageContaining("trace: state must be");
    }
}
