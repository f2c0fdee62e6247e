package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.mailbox.Mail;
import dev.nodoubt.demo.mailbox.MailboxClient;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One lane with its present story and the ends of the last ones. Thread-safe. */
final class LaneDesk {

    static final int PAST = 8;

    private final LabLane lane;
    private final LabWires wires;
    private final TransferViews views = new TransferViews();
    private final Deque<Past> past = new ArrayDeque<>();
    private @Nullable Story story;
    private boolean opened;
    private String transferId = "";

    private record Past(int number, String to, String fault, int mails, Verdict verdict, Verdict.Tone tone) {}

    LaneDesk(LabLane lane, LabWires wires) {
        this.lane = lane;
        this.wires = wires;
    }

    LabLane lane() {
        return lane;
    }

    synchronized Optional<Story> story() {
        return Optional.ofNullable(story);
    }

    synchronized boolean isBusy() {
        return story != null && story.isBusy();
    }

    /** The next story; the one before is kept as its end only. */
    synchronized void begin(Story next) {
        if (story != null) {
            wires.forget(story.transfer().number());
            lane.receiver().network().forget(transferId);
        }
        story = next;
        opened = false;
        transferId = "";
    }

    /** Makes the transfer and returns when the one who ordered it has an answer. */
    void transfer(Story told) throws IOException, SQLException, InterruptedException {
        try {
            lane.lane().open(List.of(told.transfer()));
            synchronized (this) {
                opened = true;
            }
            told.step("caller", "begins");
            try (Lane.Client client = lane.lane().client()) {
                client.transfer(told.transfer());
            }
        } finally {
            told.clientDone();
        }
    }

    /** Waits until nothing of it is under way, and judges. */
    void settle(Story told, MailboxClient mails) throws IOException, SQLException, InterruptedException {
        do {
            lane.settling().await(lane.lane());
        } while (!told.isClientDone() || lane.lane().pending() > 0);
        look(told, mails.mails());
        Verdict verdict = Verdict.of(count(told, mails.mails()), told.belief());
        synchronized (this) {
            past.removeIf(one -> one.number() == told.transfer().number());
            past.addFirst(new Past(
                    told.transfer().number(),
                    told.transfer().to(),
                    told.sending().fault().name(),
                    own(mails.mails()).size(),
                    verdict,
                    verdict.tone()));
            if (past.size() > PAST) {
                past.removeLast();
            }
        }
        told.conclude(verdict);
    }

    /** Tells the story what the caller and the mailbox say now. */
    void look(Story told, List<Mail> mails) throws SQLException, InterruptedException {
        synchronized (this) {
            if (!opened || story != told) {
                return;
            }
        }
        told.wire().tellTimeouts();
        Lane.Books books = lane.lane().books();
        remember(books.committed(), told);
        if (lane.service().isPresent()) {
            asService(told, books);
        } else {
            asCaller(told, books);
        }
        told.arrived(own(mails).size());
    }

    private synchronized void remember(Set<String> committed, Story told) {
        if (lane.service().isEmpty()) {
            transferId = told.transfer().id(lane.name());
        } else if (transferId.isEmpty()) {
            transferId = committed.stream().findFirst().orElse("");
        }
    }

    private void asService(Story told, Lane.Books books) throws InterruptedException {
        if (books.committed().isEmpty()) {
            told.believes(told.isClientDone() ? Belief.ROLLED_BACK : Belief.OPEN, "");
            return;
        }
        String id;
        synchronized (this) {
            id = transferId;
        }
        views.ask(lane.service().orElseThrow(), id).ifPresent(known -> told.believes(known.belief(), known.last()));
    }

    private static void asCaller(Story told, Lane.Books books) {
        boolean committed = !books.committed().isEmpty();
        if (!told.isClientDone()) {
            told.believes(committed ? told.wire().isUnanswered() ? Belief.IN_DOUBT : Belief.WAITING : Belief.OPEN, "");
        } else if (!committed) {
            told.believes(Belief.ROLLED_BACK, "");
        } else if (books.inDoubt() > 0) {
            told.believes(Belief.IN_DOUBT, "");
        } else {
            boolean known = told.wire().isAccepted() || told.wire().isUnanswered();
            told.believes(known ? Belief.EXECUTED : Belief.NOT_SENT, "");
        }
    }

    /** By the demo's own count; in a service other transfers may be open as well, so there the caller's word counts. */
    private Count count(Story told, List<Mail> mails) throws SQLException {
        Lane.Books books = lane.lane().books();
        int inDoubt = lane.service().isEmpty() ? books.inDoubt() : told.belief().isOpen() ? 1 : 0;
        Set<String> committed = new HashSet<>(books.committed());
        synchronized (this) {
            committed.retainAll(Set.of(transferId));
        }
        return Count.of(1, new Lane.Books(committed, inDoubt), own(mails));
    }

    private List<Mail> own(List<Mail> mails) {
        String id;
        synchronized (this) {
            id = transferId;
        }
        return mails.stream().filter(mail -> mail.transferId().equals(id)).toList();
    }

    /** For the page. */
    synchronized Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("lane", lane.name());
        shown.put("past", List.copyOf(past));
        if (story != null) {
            shown.put("story", story.shown());
        }
        return shown;
    }
}
