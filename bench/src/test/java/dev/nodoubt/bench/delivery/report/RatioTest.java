package dev.nodoubt.bench.delivery.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.bench.delivery.report.Ratio.Beside;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RatioTest {

    private static final String RATE = "rate";
    private static final Goal MORE = Goal.atLeast(0.5, 0.7);
    private static final Goal LESS = Goal.atMost(0.5, 0.2);

    private final List<Participant> participants = new ArrayList<>();
    private final List<Measured> measured = new ArrayList<>();

    @Test
    void it_is_the_median_of_the_ratios_within_rounds_and_not_the_ratio_of_the_medians() {
        took("transfer", Kind.FLOOR, 100, 1_000, 200);
        took("nodoubt", Kind.NODOUBT, 90, 200, 120);

        Optional<Spread> ratio = new Ratio("rate", RATE, Beside.TRANSFER, MORE).of(run(), "nodoubt");

        assertThat(ratio).contains(new Spread(0.6, 0.2, 0.9));
    }

    @Test
    void of_an_even_number_of_rounds_it_is_the_middle_of_the_middle_two() {
        took("plain", Kind.FLOOR, 100, 100);
        took("nodoubt", Kind.NODOUBT, 50, 100);

        Optional<Spread> ratio = new Ratio("rate", RATE, Beside.PLAIN, MORE).of(run(), "nodoubt");

        assertThat(ratio).contains(new Spread(0.75, 0.5, 1));
    }

    @Test
    void the_best_peer_is_the_one_with_the_best_median_of_the_run() {
        took("nodoubt", Kind.NODOUBT, 12, 12, 12);
        took("lucky", Kind.PEER, 100, 3, 3);
        took("steady", Kind.PEER, 4, 6, 8);
        Ratio most = new Ratio("rate", RATE, Beside.BEST_PEER, MORE);
        Ratio least = new Ratio("time", RATE, Beside.BEST_PEER, LESS);

        assertThat(most.text(run())).isEqualTo("rate ÷ the best peer (steady)");
        assertThat(most.of(run(), "nodoubt")).contains(new Spread(2, 1.5, 3));
        assertThat(least.text(run())).isEqualTo("time ÷ the best peer (lucky)");
        assertThat(least.of(run(), "nodoubt")).contains(new Spread(4, 0.12, 4));
    }

    @Test
    void what_is_beyond_the_transfer_alone_is_a_difference() {
        took("transfer", Kind.FLOOR, 1, 1.25, 1);
        took("nodoubt", Kind.NODOUBT, 1.5, 1.25, 1.25);

        Optional<Spread> beyond = new Ratio("commits", RATE, Beside.BEYOND_TRANSFER, LESS).of(run(), "nodoubt");

        assertThat(beyond).contains(new Spread(0.25, 0, 0.5));
    }

    @Test
    void without_one_of_its_contenders_there_is_none() {
        took("nodoubt", Kind.NODOUBT, 1, 2);

        assertThat(new Ratio("rate", RATE, Beside.TRANSFER, MORE).of(run(), "nodoubt"))
                .isEmpty();
        assertThat(new Ratio("rate", RATE, Beside.BEST_PEER, MORE).of(run(), "nodoubt"))
                .isEmpty();
        assertThat(new Ratio("rate", RATE, Beside.NOBODY, MORE).of(run(), "ideal"))
                .isEmpty();
        assertThat(new Ratio("rate", RATE, Beside.BEST_PEER, MORE).text(run())).isEqualTo("rate ÷ the best peer");
    }

    @Test
    void a_round_that_shows_no_number_is_left_out() {
        took("transfer", Kind.FLOOR, 0, 100, 100);
        took("nodoubt", Kind.NODOUBT, 10, Double.POSITIVE_INFINITY, 50);

        Optional<Spread> ratio = new Ratio("rate", RATE, Beside.TRANSFER, MORE).of(run(), "nodoubt");

        assertThat(ratio).contains(new Spread(0.5, 0.5, 0.5));
    }

    @Test
    void a_goal_is_judged_by_the_number_that_is_shown() {
        assertThat(MORE.judge(0.696)).isEqualTo("aim");
        assertThat(MORE.judge(0.694)).isEqualTo("reach");
        assertThat(MORE.judge(0.494)).isEqualTo("missed");
        assertThat(LESS.judge(0.204)).isEqualTo("aim");
        assertThat(LESS.judge(0.504)).isEqualTo("reach");
        assertThat(LESS.judge(0.506)).isEqualTo("missed");
    }

    @Test
    void beside_the_ideal_it_is_the_ratio_of_both_within_a_round() {
        took("transfer", Kind.FLOOR, 100, 200, 100);
        took("ideal", Kind.FLOOR, 50, 100, 40);
        took("nodoubt", Kind.NODOUBT, 40, 90, 40);

        assertThat(new Ratio("rate", RATE, Beside.TRANSFER, MORE).besideIdeal(run(), "nodoubt"))
                .contains(new Spread(0.9, 0.8, 1));
        assertThat(new Ratio("more", RATE, Beside.BEYOND_TRANSFER, LESS).besideIdeal(run(), "nodoubt"))
                .isEmpty();
    }

    @Test
    void beside_the_ideal_a_goal_asks_for_the_part_of_it_that_was_asked_for_where_it_was_chosen() {
        assertThat(MORE.whereTheIdealShowed(0.7).besideIdeal()).contains(Goal.atLeast(0.71, 1));
        assertThat(MORE.whereTheIdealShowed(0.6).besideIdeal()).contains(Goal.atLeast(0.83, 1));
        assertThat(MORE.besideIdeal()).isEmpty();
    }

    private void took(String contender, Kind kind, double... values) {
        participants.add(new Participant(contender, kind, ""));
        for (int round = 0; round < values.length; round++) {
            measured.add(new Measured(contender, round, Map.of(RATE, values[round])));
        }
    }

    private Run run() {
        return new Run("", "2026-01-02T03:04:05Z", Map.of(), participants, measured);
    }
}
