package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.mailbox.Mail;
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
    private final Mails mailbox;
    private final TransferViews views = new TransferViews();
    private final Deque<Past> past = new ArrayDeque<>();
    /** Held from the first question to the last word told: what was asked earlier is not told later. */
    private final Object asking = new Object();

    private @Nullable Story story;
    private boolean opened;
    private String transferId = "";

    private record Past(int number, String to, String fault, int mails, Verdict verdict, Verdict.Tone tone) {}

    /** Where the mails are. */
    @FunctionalInterface
    interface Mails {

        /** The mails about one transfer. */
        List<Mail> of(String transfer) throws IOException, InterruptedException;
    }

    LaneDesk(LabLane lane, LabWires wires, Mails mailbox) {
        this.lane = lane;
        this.wires = wires;
        this.mailbox = mailbox;
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

    /**
     * Waits until nothing of it is under way, and judges: where it is still told and open, and a person did nothing more
     * meanwhile.
     */
    void settle(Story told) throws IOException, SQLException, InterruptedException {
        int turn = told.turn();
        do {
            lane.settling().await(lane.lane());
        } while (told.isOpen() && (!told.isClientDone() || lane.lane().pending() > 0));
        synchronized (asking) {
            if (!tells(told) || !told.isOpen()) {
                return;
            }
            List<Mail> mails = ask(told);
            conclude(told, turn, Verdict.of(count(told, mails), told.belief()), mails.size());
        }
    }

    private synchronized void conclude(Story told, int turn, Verdict verdict, int mails) {
        if (!told.conclude(verdict, turn)) {
            return;
        }
        past.removeIf(one -> one.number() == told.transfer().number());
        past.addFirst(new Past(
                told.transfer().number(),
                told.transfer().to(),
                told.sending().fault().name(),
                mails,
                verdict,
                verdict.tone()));
        if (past.size() > PAST) {
            past.removeLast();
        }
    }

    /** Tells the story what the caller and the mailbox say now, unless it is over. */
    void look(Story told) throws IOException, SQLException, InterruptedException {
        synchronized (asking) {
            if (tells(told) && told.isBusy()) {
                ask(told);
            }
        }
    }

    private synchronized boolean tells(Story told) {
        return story == told;
    }

    /** Returns the mails about it. */
    private List<Mail> ask(Story told) throws IOException, SQLException, InterruptedException {
        synchronized (this) {
            if (!opened) {
                return List.of();
            }
        }
        told.wire().tellTimeouts();
        Lane.Books books = lane.lane().books();
        String id = remember(books.committed(), told);
        if (lane.service().isPresent()) {
            asService(told, id);
        } else {
            asCaller(told, books);
        }
        List<Mail> mails = id.isEmpty() ? List.of() : mailbox.of(id);
        told.arrived(mails.size());
        return mails;
    }

    private synchronized String transferId() {
        return transferId;
    }

    /** The transfer's id; empty where none is known, or another story has begun. */
    private synchronized String remember(Set<String> committed, Story told) {
        if (story != told) {
            return "";
        }
        if (lane.service().isEmpty()) {
            transferId = told.transfer().id(lane.name());
        } else if (transferId.isEmpty()) {
            transferId = committed.stream().findFirst().orElse("");
        }
        return transferId;
    }

    private void asService(Story told, String id) throws InterruptedException {
        if (id.isEmpty()) {
            told.believes(told.isClientDone() ? Belief.ROLLED_BACK : Belief.OPEN, "");
            return;
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
        committed.retainAll(Set.of(transferId()));
        return Count.of(1, new Lane.Books(committed, inDoubt), mails);
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
