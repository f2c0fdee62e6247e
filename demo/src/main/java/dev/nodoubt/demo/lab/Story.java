package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.network.ByHand;
import dev.nodoubt.demo.network.Crossing;
import dev.nodoubt.demo.network.Crossing.Asked;
import dev.nodoubt.demo.network.Fault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What happened to one transfer in one lane, as it happened. Keeps the last steps only. Thread-safe. */
final class Story {

    static final int STEPS = 80;

    private final Transfer transfer;
    private final Sending sending;
    private final long patienceMillis;
    private final Runnable changed;
    private final long begin = System.nanoTime();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final Deque<Step> steps = new ArrayDeque<>();
    private final Map<Integer, Attempt> open = new HashMap<>();
    private int dropped;
    private boolean clientDone;
    private boolean unanswered;
    private boolean accepted;
    private Belief belief = Belief.OPEN;
    private String said = "";
    private int mails;
    private Optional<Verdict> verdict = Optional.empty();
    private String lastCall = "";

    /**
     * A line of the story.
     *
     * @param millis since its begin
     * @param who of caller, network, receiver, mailbox, person
     * @param what happened, as texts name it
     */
    record Step(long millis, String who, String what, List<String> values) {}

    private record Attempt(long sentAt, Fault fault, boolean told) {}

    /**
     * Begins now.
     *
     * @param patience the caller's response timeout
     * @param changed is told after each change
     */
    Story(Transfer transfer, Sending sending, Duration patience, Runnable changed) {
        this.transfer = transfer;
        this.sending = sending;
        this.patienceMillis = patience.toMillis();
        this.changed = changed;
    }

    Transfer transfer() {
        return transfer;
    }

    Sending sending() {
        return sending;
    }

    /** Waits until a request is with the receiver; false when none came in time. */
    boolean awaitArrived(Duration limit) throws InterruptedException {
        return arrived.await(limit.toMillis(), TimeUnit.MILLISECONDS);
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

    /** What the network saw of it. */
    void saw(Crossing crossing) {
        int number = crossing.attempt();
        String attempt = String.valueOf(number);
        switch (crossing.event()) {
            case SENT -> sent(crossing, Fault.valueOf(crossing.detail()));
            case HANDED_OVER -> {
                arrived.countDown();
                step("network", "arrives", attempt);
            }
            case ANSWERED -> {
                if (attempt(number).fault() != Fault.NONE || isLate(number)) {
                    step("receiver", "answers", attempt, crossing.detail());
                }
            }
            case RETURNED -> returned(number, crossing);
            case BROKEN -> lost(number, "broken");
            case RESET -> lost(number, "reset");
            case GIVEN_UP -> giveUp(number);
        }
    }

    private void sent(Crossing crossing, Fault fault) {
        synchronized (this) {
            open.put(crossing.attempt(), new Attempt(System.nanoTime(), fault, false));
            if (crossing.asked() == Asked.CALL) {
                lastCall = crossing.request();
            }
        }
        step("caller", "sent_" + crossing.asked(), String.valueOf(crossing.attempt()));
        if (fault != Fault.NONE) {
            step("network", "meets_" + fault, String.valueOf(crossing.attempt()));
        }
    }

    private void returned(int number, Crossing crossing) {
        boolean late = isLate(number);
        synchronized (this) {
            unanswered |= late || crossing.detail().startsWith("5");
            accepted |= !late && crossing.detail().startsWith("202");
            open.remove(number);
        }
        step("network", late ? "returns_late" : "returns", String.valueOf(number), crossing.detail());
    }

    private void lost(int number, String how) {
        synchronized (this) {
            unanswered = true;
            open.remove(number);
        }
        step("network", how, String.valueOf(number));
    }

    private void giveUp(int number) {
        tellTimeout(number);
        synchronized (this) {
            open.remove(number);
        }
    }

    /** Tells of the attempts that had no answer within the caller's patience. */
    void tellTimeouts() {
        List<Integer> late;
        synchronized (this) {
            late = open.keySet().stream().filter(this::isLate).sorted().toList();
        }
        late.forEach(this::tellTimeout);
    }

    private void tellTimeout(int number) {
        synchronized (this) {
            Attempt was = open.get(number);
            if (was == null || was.told()) {
                return;
            }
            open.put(number, new Attempt(was.sentAt(), was.fault(), true));
            unanswered = true;
        }
        step("caller", "timeout", String.valueOf(number), String.valueOf(patienceMillis));
    }

    private synchronized Attempt attempt(int number) {
        return open.getOrDefault(number, new Attempt(System.nanoTime(), Fault.NONE, false));
    }

    private synchronized boolean isLate(int number) {
        return System.nanoTime() - attempt(number).sentAt() > patienceMillis * 1_000_000;
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

    /** Whether an attempt had no answer that the caller could use. */
    synchronized boolean isUnanswered() {
        return unanswered;
    }

    /** Whether an answer said in time that the mail was taken. */
    synchronized boolean isAccepted() {
        return accepted;
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

    /** How many copies the mailbox has now. */
    void arrived(int copies) {
        int before;
        synchronized (this) {
            before = mails;
            mails = copies;
        }
        for (int copy = before + 1; copy <= copies; copy++) {
            step("mailbox", copy == 1 ? "mail" : "mail_again", String.valueOf(copy));
        }
    }

    /** Nothing of it is under way any more. */
    void conclude(Verdict found) {
        synchronized (this) {
            verdict = Optional.of(found);
        }
        changed.run();
    }

    /** A person does something more. */
    void reopen() {
        synchronized (this) {
            verdict = Optional.empty();
        }
        changed.run();
    }

    synchronized Optional<Verdict> verdict() {
        return verdict;
    }

    /** The last request to have it done, as it stood on the wire; empty while there was none. */
    synchronized Optional<String> lastCall() {
        return lastCall.isEmpty() ? Optional.empty() : Optional.of(lastCall);
    }

    /** What its requests carry as key; empty where they have none. */
    Optional<String> key() {
        return lastCall().flatMap(ByHand::key);
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
        verdict.ifPresent(found -> shown.putAll(
                Map.of("verdict", found.name(), "tone", found.tone().name())));
        return shown;
    }

    private long millis() {
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
