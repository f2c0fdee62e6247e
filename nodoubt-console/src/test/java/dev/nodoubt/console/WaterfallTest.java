package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.AttemptRecord;
import dev.nodoubt.call.AttemptRecord.Learnt;
import dev.nodoubt.call.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaterfallTest {

    private static final Instant RECORDED = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void barsStandWhereTheirAttemptsWere() {
        Waterfall waterfall = Waterfall.of(
                RECORDED, List.of(attempt(1, "PT0S", "PT2S", "lost"), attempt(2, "PT5S", "PT5S", "executed")));

        assertThat(waterfall.span()).isEqualTo(Duration.ofSeconds(10));
        assertThat(waterfall.bars()).extracting(Waterfall.Bar::begin).containsExactly(0, 500);
        assertThat(waterfall.bars()).extracting(Waterfall.Bar::width).containsExactly(200, 500);
    }

    @Test
    void shortAttemptCanStillBeSeenAtTheEnd() {
        Waterfall waterfall = Waterfall.of(RECORDED, List.of(attempt(1, "PT24H", "PT0.001S", "not-sent")));

        Waterfall.Bar bar = waterfall.bars().get(0);
        assertThat(bar.width()).isPositive();
        assertThat(bar.begin() + bar.width()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void clockThatWentBackLeavesNoBarOutside() {
        Waterfall waterfall = Waterfall.of(RECORDED, List.of(attempt(1, "PT-5S", "PT1S", "lost")));

        assertThat(waterfall.bars().get(0).begin()).isZero();
    }

    @Test
    void noAttemptsAreNoBars() {
        assertThat(Waterfall.of(RECORDED, List.of()).bars()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "executed,executed",
        "rejected,rejected",
        "never,never",
        "not-sent,not-sent",
        "lost,lost",
        "unmarked,lost",
        "unknown,lost",
        "in-progress,answered",
        "absent,answered",
        "not-executed,answered",
        "expired,answered"
    })
    void everyClassificationIsNotSentLostAnsweredOrAnEnd(String classification, String kind) {
        assertThat(Waterfall.kind(classification)).isEqualTo(kind);
        assertThat(Texts.ENGLISH.keys()).contains("result." + classification);
    }

    private static AttemptRecord attempt(int number, String begun, String took, String word) {
        return new AttemptRecord(
                IdempotencyKey.create(RECORDED),
                number,
                Step.EXECUTE,
                1,
                RECORDED.plus(Duration.parse(begun)),
                Duration.parse(took),
                null,
                new Learnt(word, null, ""));
    }
}
