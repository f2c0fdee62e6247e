package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.mailbox.Mail;
import dev.nodoubt.demo.mailbox.MailboxClient;
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
    private final MailboxClient mailbox;
    private final News news;

    /** @param news whose end is the end of all looks */
    Looks(Collection<LaneDesk> desks, MailboxClient mailbox, News news) {
        this.desks = List.copyOf(desks);
        this.mailbox = mailbox;
        this.news = news;
    }

    /** Returns at the end. */
    void go() {
        try {
            while (!news.isEnded()) {
                List<LaneDesk> busy = desks.stream().filter(LaneDesk::isBusy).toList();
                if (!busy.isEmpty()) {
                    look(busy);
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What fails in one lane leaves the others alone. */
    private void look(List<LaneDesk> busy) throws InterruptedException {
        Optional<List<Mail>> mails = mails(busy);
        if (mails.isEmpty()) {
            return;
        }
        for (LaneDesk desk : busy) {
            Optional<Story> story = desk.story();
            if (story.isPresent()) {
                look(desk, story.get(), mails.get());
            }
        }
    }

    private static void look(LaneDesk desk, Story story, List<Mail> mails) throws InterruptedException {
        try {
            desk.look(story, mails);
        } catch (SQLException e) {
            return; // its database is away: asked again at the next look
        } catch (RuntimeException e) {
            story.failed("caller", e);
        }
    }

    /** Empty while the mailbox is away: asked again at the next look. */
    private Optional<List<Mail>> mails(List<LaneDesk> busy) throws InterruptedException {
        try {
            return Optional.of(mailbox.mails());
        } catch (IOException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            busy.forEach(desk -> desk.story().ifPresent(story -> story.failed("mailbox", e)));
            return Optional.empty();
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
            story.abandon(e);
        }
    }

    private boolean isSettled(LaneDesk desk, Story story) throws InterruptedException {
        try {
            desk.settle(story, mailbox);
            return true;
        } catch (IOException | SQLException e) {
            return false; // a database or the mailbox is away: asked again
        }
    }
}
