package dev.nodoubt.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.demo.lane.Lane;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LaneDeskTest {

    private PlayedLane lane;
    private LaneDesk desk;

    @BeforeEach
    void open() throws IOException {
        lane = new PlayedLane();
        desk = lane.desk();
    }

    @AfterEach
    void close() throws IOException {
        lane.close();
    }

    @Test
    void aLookLeavesAFinishedStoryAsItIs() throws Exception {
        Story story = lane.told(1);
        desk.settle(story);

        lane.books = () -> PlayedLane.committed(1);
        lane.mails = () -> 2;
        desk.look(story);

        assertThat(story.belief()).isEqualTo(Belief.ROLLED_BACK);
        assertThat(story.shown()).containsEntry("mails", 0).containsEntry("verdict", "ROLLED_BACK");
    }

    @Test
    void aLookThatAskedEarlierIsNotToldLater() throws Exception {
        Story story = lane.told(1);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        lane.books = () -> {
            Lane.Books before = PlayedLane.NONE;
            lane.books = () -> PlayedLane.committed(1);
            asked.countDown();
            awaitQuietly(answered);
            return before;
        };
        Thread look = start(() -> desk.look(story));
        asked.await();

        Thread settle = start(() -> desk.settle(story));
        while (settle.isAlive() && settle.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
        answered.countDown();
        look.join();
        settle.join();

        assertThat(story.belief()).isEqualTo(Belief.NOT_SENT);
        assertThat(story.verdict()).contains(Verdict.LOST);
    }

    @Test
    void whatAPersonDidMeanwhileIsJudgedAnew() throws Exception {
        Story story = lane.told(1);
        lane.books = () -> PlayedLane.committed(1);
        lane.mails = () -> {
            story.handBegins();
            story.handEnds();
            return 1;
        };
        desk.settle(story);
        assertThat(story.isOpen()).isTrue();
        assertThat(past()).isEmpty();

        lane.mails = () -> 2;
        desk.settle(story);

        assertThat(story.verdict()).contains(Verdict.DOUBLED);
        assertThat(past()).hasSize(1);
    }

    @Test
    void oneOfTwoWhoSettleJudges() throws Exception {
        Story story = lane.told(1);
        desk.settle(story);

        lane.mails = () -> 1;
        desk.settle(story);

        assertThat(story.verdict()).contains(Verdict.ROLLED_BACK);
        assertThat(past()).hasSize(1);
    }

    @Test
    void anEarlierStoryIsNotJudgedByTheNextOnesBooks() throws Exception {
        Story first = lane.told(1);
        Story second = lane.told(2);
        lane.books = () -> PlayedLane.committed(2);
        lane.mails = () -> 1;

        desk.settle(first);
        assertThat(first.verdict()).isEmpty();
        assertThat(past()).isEmpty();

        desk.settle(second);
        assertThat(past()).hasSize(1);
    }

    @Test
    void nobodyWaitsForWhatWasAbandoned() throws Exception {
        Story story = lane.told(1);
        lane.pending = () -> {
            assertThat(story.isOpen()).as("still waited for").isTrue();
            story.abandon("receiver", new IllegalStateException("gone"));
            return 1;
        };

        desk.settle(story);

        assertThat(desk.isBusy()).isFalse();
        assertThat(story.verdict()).isEmpty();
        assertThat(past()).isEmpty();
    }

    private List<?> past() {
        return (List<?>) desk.shown().getOrDefault("past", List.of());
    }

    private interface Act {

        void run() throws Exception;
    }

    private static Thread start(Act act) {
        Thread thread = new Thread(() -> {
            try {
                act.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        return thread;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
