package dev.nodoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait=10",
                "Wait=10",
                " WAIT = 10 ",
                "wait=\"10\"",
                "wait=\"\\10\"",
                "wait=010",
                "respond-async, wait=10",
                "respond-async,wait=10;x=1",
                "wait=10, wait=20",
                "foo; wait=99, wait=10",
                "foo=\"a, wait=99; \\\" wait=98\"; bar, wait=10",
                ", ,wait=10",
                "foo=, wait=10"
            })
    void the_first_wait_is_read(String value) {
        assertThat(waiting(value)).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait",
                "wait=",
                "wait=0",
                "wait=-1",
                "wait=1.5",
                "wait=1 2",
                "wait=ten",
                "wait=\"10",
                "wait=\"10\\",
                "wait=\"1\"0",
                "waiting=10",
                "respond-async",
                "foo;wait=10",
                "wait=x, wait=10",
                "foo=\"open, wait=10",
                "foo bar, wait=10"
            })
    void nothing_and_nonsense_mean_not_to_wait(String value) {
        assertThat(waiting(value)).isZero();
    }

    @Test
    void several_lines_are_read_in_their_order_and_a_broken_one_alone_is_lost() {
        assertThat(Preference.waiting(Headers.NONE)).isZero();
        assertThat(Preference.waiting(Headers.NONE
                        .and("prefer", "foo=\"")
                        .and("Prefer", "wait=7")
                        .and("Prefer", "wait=8")))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void endless_waits_are_cut() {
        assertThat(waiting("wait=999999999")).isEqualTo(Duration.ofSeconds(999_999_999));
        assertThat(waiting("wait=" + "9".repeat(400))).isEqualTo(Duration.ofSeconds(999_999_999));
    }

    private static Duration waiting(String value) {
        return Preference.waiting(Headers.NONE.and("Prefer", value));
    }
}
