package dev.nodoubt.demo.lab;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Asks callers and mailbox about stories: about all open ones again and again, and about one until it is judged. */
final class Looks {

    private static final Duration PAUSE = Duration.ofMillis(150);

    private final Collection<LaneDesk> desks;
    private final News news;

    /** @param news whose end is the end of all looks */
    Looks(Collection<LaneDesk> desks, News news) {
        this.desks = List.copyOf(desks);
        this.news = news;
    }

    /** Returns at the end. */
    void go() {
        try {
            while (!news.isEnded()) {
                for (LaneDesk desk : desks) {
                    Optional<Story> story = desk.story();
                    if (story.isPresent()) {
                        look(desk, story.get());
                    }
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What fails in one lane leaves the others alone. */
    private static void look(LaneDesk desk, Story story) throws InterruptedException {
        try {
            desk.look(story);
        } catch (IOException | SQLException e) {
            return; // its database or the mailbox is away: asked again at the next look
        } catch (RuntimeException e) {
            story.failed("caller", e);
        }
    }

    /** Returns when the story is judged, or nobody can. */
    void settle(LaneDesk desk, Story story) {
        try {
            while (!news.isEnded() && story.isOpen()) {
                if (!isSettled(desk, story)) {
                    Thread.sleep(PAUSE.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            story.abandon("caller", e);
        }
    }

    private boolean isSettled(LaneDesk desk, Story story) throws InterruptedException {
        try {
            desk.settle(story);
            return true;
        } catch (IOException | SQLException e) {
            return false; // a database or the mailbox is away: asked again
        }
    }
}
