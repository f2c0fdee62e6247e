package dev.nodoubt.bench.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.bench.delivery.report.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {

    @Test
    void the_parts_of_a_round_come_together_and_what_both_counted_is_added() {
        List<String> progress = new ArrayList<>();
        Rounds rounds = new Rounds(progress::add);

        rounds.add(Entrant.NODOUBT, 0, Map.of("closed32.calls", 7.0, "lost", 0.0, "doubled", 1.0));
        rounds.add(Entrant.IDEAL, 0, Map.of("closed32.calls", 9.0));
        rounds.add(Entrant.NODOUBT, 0, Map.of("closed8.calls", 5.0, "lost", 2.0, "doubled", 1.0));
        rounds.add(Entrant.NODOUBT, 1, Map.of("closed32.calls", 8.0));

        assertThat(rounds.measured())
                .containsExactlyInAnyOrder(
                        new Measured(
                                "nodoubt",
                                0,
                                Map.of("closed32.calls", 7.0, "closed8.calls", 5.0, "lost", 2.0, "doubled", 2.0)),
                        new Measured("ideal", 0, Map.of("closed32.calls", 9.0)),
                        new Measured("nodoubt", 1, Map.of("closed32.calls", 8.0)));
        assertThat(progress).hasSize(4).first().asString().startsWith("round 1, nodoubt: {");
    }

    @Test
    void only_who_records_calls_is_measured_at_a_given_rate() {
        assertThat(Window.OPEN.isFor(Entrant.PLAIN)).isFalse();
        assertThat(Window.OPEN.isFor(Entrant.GRUELBOX)).isTrue();
        assertThat(Window.CLOSED_8.isFor(Entrant.TRANSFER)).isTrue();
        assertThat(Window.CLOSED_8.closed(250)).isEqualTo("/closed?producers=8&millis=250");
    }
}
