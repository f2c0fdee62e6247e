package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.network.ByHand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened to one transfer in one lane, as it happened. Keeps the last steps only. Thread-safe. */
final class Story {

    static final int STEPS = 80;

    private final Transfer transfer;
    private final Sending sending;
    private final Runnable changed;
    private final Wire wire;
    private final long begin = System.nanoTime();
    private final Deque<Step> steps = new ArrayDeque<>();
    private int dropped;
    private int hands;
    private int turn;
    private boolean abandoned;
    private String failure = "";
    private boolean clientDone;
    private Belief belief = Belief.OPEN;
    private String said = "";
    private int mails;
    private Optional<Verdict> verdict = Optional.empty();

    /**
     * A line of the story.
     *
     * @param millis since its begin
     * @param who of caller, network, receiver, mailbox, person
     * @param what happened, as texts name it
     */
    record Step(long millis, String who, String what, List<String> values) {}

    /**
     * Begins now.
     *
     * @param patience the caller's response timeout
     * @param changed is told after each change
     */
    Story(Transfer transfer, Sending sending, Duration patience, Runnable changed) {
        this.transfer = transfer;
        this.sending = sending;
        this.wire = new Wire(patience, this::step);
        this.changed = changed;
    }

    Transfer transfer() {
        return transfer;
    }

    Sending sending() {
        return sending;
    }

    /** What the network sees of it. */
    Wire wire() {
        return wire;
    }

    void step(String who, String what, String... values) {
        synchronized (this) {
            steps.addLast(new Step(millis(), who, what, List.of(values)));
            if (steps.size() > STEPS) {
                steps.removeFirst();
                dropped++;
            }
        }
        changed.run();
    }

    /** The one who ordered the transfer has an answer. */
    void clientDone() {
        synchronized (this) {
            clientDone = true;
        }
        step("caller", "answered_client");
    }

    synchronized boolean isClientDone() {
        return clientDone;
    }

    /** What the caller has on record now. */
    void believes(Belief now, String words) {
        boolean news;
        synchronized (this) {
            news = belief != now;
            belief = now;
            said = words;
        }
        if (news) {
            step("caller", "believes_" + now, words);
        }
    }

    synchronized Belief belief() {
        return belief;
    }

    /** How many copies the mailbox has now; a mail that was there is not taken back. */
    void arrived(int copies) {
        int before;
        synchronized (this) {
            before = mails;
            mails = Math.max(mails, copies);
        }
        for (int copy = before + 1; copy <= copies; copy++) {
            step("mailbox", copy == 1 ? "mail" : "mail_again", String.valueOf(copy));
        }
    }

    /** Counts what a person does, at its begin and its end. */
    synchronized int turn() {
        return turn;
    }

    /**
     * Nothing of it is under way any more.
     *
     * @param judged the turn of which this is the verdict
     * @return false where it is none any more: it is over, or a person did something since
     */
    boolean conclude(Verdict found, int judged) {
        synchronized (this) {
            if (!isOpen() || hands > 0 || turn != judged) {
                return false;
            }
            verdict = Optional.of(found);
        }
        changed.run();
        return true;
    }

    /** A person does something more: it is not over before {@link #handEnds}. What was abandoned stays so. */
    void handBegins() {
        synchronized (this) {
            hands++;
            turn++;
            verdict = Optional.empty();
        }
        changed.run();
    }

    /** What the person did may have changed how it ended. */
    void handEnds() {
        synchronized (this) {
            hands--;
            turn++;
        }
        changed.run();
    }

    /** Nobody can judge it; what was judged before stays so, unless a person is doing something more. */
    void abandon(String who, Exception why) {
        failed(who, why);
        synchronized (this) {
            if (!isOpen()) {
                return;
            }
            abandoned = true;
        }
        step(who, "abandoned");
    }

    /** Told once, however often the same fails. */
    void failed(String who, Exception why) {
        String words = String.valueOf(why.getMessage() == null ? why : why.getMessage());
        synchronized (this) {
            if (words.equals(failure)) {
                return;
            }
            failure = words;
        }
        step(who, "failed", words);
    }

    /** Whether it is still to be judged. */
    synchronized boolean isOpen() {
        return verdict.isEmpty() && !abandoned;
    }

    /** Whether anything of it is under way: the transfer, what a person does, or the wait for the verdict. */
    synchronized boolean isBusy() {
        return isOpen() || hands > 0 || !clientDone;
    }

    synchronized Optional<Verdict> verdict() {
        return verdict;
    }

    /** What its requests carry as key; empty where they have none. */
    Optional<String> key() {
        return wire.lastCall().flatMap(ByHand::key);
    }

    /** For the page. */
    synchronized Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("number", transfer.number());
        shown.put("to", sending.to());
        shown.put("memo", sending.memo());
        shown.put("fault", sending.fault().name());
        shown.put("belief", belief.name());
        shown.put("said", said);
        shown.put("mails", mails);
        shown.put("dropped", dropped);
        shown.put("steps", new ArrayList<>(steps));
        shown.put("keyed", key().isPresent());
        shown.put("abandoned", abandoned);
        verdict.ifPresent(found -> shown.putAll(
                Map.of("verdict", found.name(), "tone", found.tone().name())));
        return shown;
    }

    private long millis() {
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
