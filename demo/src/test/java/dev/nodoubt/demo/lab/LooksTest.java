package dev.nodoubt.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LooksTest {

    private final News news = new News();
    private PlayedLane lane;
    private PlayedLane other;
    private Looks looks;

    @BeforeEach
    void open() throws IOException {
        lane = new PlayedLane();
        other = new PlayedLane();
        looks = new Looks(List.of(lane.desk(), other.desk()), news);
    }

    @AfterEach
    void close() throws IOException {
        lane.close();
        other.close();
    }

    @Test
    void whatFailsInOneLaneLeavesTheNextAlone() throws Exception {
        Story story = lane.told(1);
        Story next = other.told(1);
        lane.books = () -> {
            throw new IllegalStateException("why");
        };
        other.mails = () -> {
            news.end();
            return 1;
        };

        looks.go();

        assertThat(steps(story)).containsExactly("begins", "answered_client", "failed");
        assertThat(steps(next)).containsExactly("begins", "answered_client", "believes_ROLLED_BACK", "mail");
    }

    @Test
    void whatEndsWhileAnotherLaneIsAskedIsNotAskedAnyMore() throws Exception {
        lane.told(1);
        Story ending = other.told(1);
        lane.mails = () -> {
            ending.conclude(Verdict.ROLLED_BACK, 0);
            news.end();
            return 0;
        };
        other.mails = () -> 1;

        looks.go();

        assertThat(steps(ending)).containsExactly("begins", "answered_client");
    }

    @Test
    void aStoryIsSettledOnceTheMailboxIsBackAndThePersonIsDone() throws Exception {
        Story story = lane.told(1);
        lane.books = () -> PlayedLane.committed(1);
        AtomicInteger asked = new AtomicInteger();
        lane.mails = () -> switch (asked.incrementAndGet()) {
            case 1 -> throw new IOException("away");
            case 2 -> {
                story.handBegins();
                story.handEnds();
                yield 1;
            }
            default -> 2;
        };

        looks.settle(lane.desk(), story);

        assertThat(story.verdict()).contains(Verdict.DOUBLED);
        assertThat(asked).hasValue(3);
    }

    @Test
    void aStoryWhoseReceiverIsGoneIsLeftAlone() throws Exception {
        Story story = lane.told(1);
        lane.pending = () -> {
            assertThat(story.isOpen()).as("still waited for").isTrue();
            story.abandon("receiver", new IllegalStateException("gone"));
            return 1;
        };

        looks.settle(lane.desk(), story);

        assertThat(lane.desk().isBusy()).isFalse();
        assertThat(steps(story)).containsExactly("begins", "answered_client", "failed", "abandoned");
    }

    @Test
    void whatCannotBeJudgedIsAbandoned() throws Exception {
        Story story = lane.told(1);
        lane.books = () -> {
            throw new IllegalStateException("why");
        };

        looks.settle(lane.desk(), story);

        assertThat(lane.desk().isBusy()).isFalse();
        assertThat(steps(story)).containsExactly("begins", "answered_client", "failed", "abandoned");
    }

    private static List<String> steps(Story story) {
        List<?> kept = (List<?>) story.shown().getOrDefault("steps", List.of());
        return kept.stream().map(step -> ((Story.Step) step).what()).toList();
    }
}
