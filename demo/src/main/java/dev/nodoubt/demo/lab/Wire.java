package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.network.Crossing;
import dev.nodoubt.demo.network.Crossing.Asked;
import dev.nodoubt.demo.network.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the network saw of one transfer, told as steps. What a person sent is the person's: it has no part in what the
 * caller knows. Thread-safe.
 */
final class Wire {

    private final long patienceMillis;
    private final Teller teller;
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final Map<Integer, Attempt> open = new HashMap<>();
    private final Set<Integer> handPorts = new HashSet<>();
    private final Set<Integer> byHand = new HashSet<>();
    private boolean unanswered;
    private boolean accepted;
    private String lastCall = "";

    /** Takes a step of the story. */
    @FunctionalInterface
    interface Teller {

        void step(String who, String what, String... values);
    }

    private record Attempt(long sentAt, Fault fault, boolean told) {}

    /** @param patience the caller's response timeout */
    Wire(Duration patience, Teller teller) {
        this.patienceMillis = patience.toMillis();
        this.teller = teller;
    }

    /** What comes from this port is a person's. */
    synchronized void handFrom(int port) {
        handPorts.add(port);
    }

    void saw(Crossing crossing) {
        int number = crossing.attempt();
        String attempt = String.valueOf(number);
        switch (crossing.event()) {
            case SENT -> sent(crossing, Fault.valueOf(crossing.detail()));
            case HANDED_OVER -> {
                arrived.countDown();
                teller.step("network", "arrives", attempt);
            }
            case ANSWERED -> {
                if (attempt(number).fault() != Fault.NONE || isLate(number)) {
                    teller.step("receiver", "answers", attempt, crossing.detail());
                }
            }
            case RETURNED -> returned(number, crossing);
            case BROKEN -> {
                lost(number);
                teller.step("network", "broken", attempt);
            }
            case RESET -> {
                lost(number);
                teller.step("network", "reset", attempt);
            }
            case GIVEN_UP -> giveUp(number);
        }
    }

    private void sent(Crossing crossing, Fault fault) {
        boolean hand;
        synchronized (this) {
            hand = handPorts.contains(crossing.port());
            if (hand) {
                byHand.add(crossing.attempt());
            }
            open.put(crossing.attempt(), new Attempt(System.nanoTime(), fault, false));
            if (crossing.asked() == Asked.CALL) {
                lastCall = crossing.request();
            }
        }
        String attempt = String.valueOf(crossing.attempt());
        if (hand) {
            teller.step("person", "hand_sent", attempt);
        } else {
            teller.step("caller", "sent_" + crossing.asked(), attempt);
        }
        if (fault != Fault.NONE) {
            teller.step("network", "meets_" + fault, attempt);
        }
    }

    private void returned(int number, Crossing crossing) {
        boolean late = isLate(number);
        synchronized (this) {
            if (!byHand.contains(number)) {
                unanswered |= late || crossing.detail().startsWith("5");
                accepted |= !late && crossing.detail().startsWith("202");
            }
            open.remove(number);
        }
        teller.step("network", late ? "returns_late" : "returns", String.valueOf(number), crossing.detail());
    }

    private synchronized void lost(int number) {
        unanswered |= !byHand.contains(number);
        open.remove(number);
    }

    private void giveUp(int number) {
        tellTimeout(number);
        synchronized (this) {
            open.remove(number);
        }
    }

    /** Tells of the caller's attempts that had no answer within its patience. */
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
            if (was == null || was.told() || byHand.contains(number)) {
                return;
            }
            open.put(number, new Attempt(was.sentAt(), was.fault(), true));
            unanswered = true;
        }
        teller.step("caller", "timeout", String.valueOf(number), String.valueOf(patienceMillis));
    }

    private synchronized Attempt attempt(int number) {
        return open.getOrDefault(number, new Attempt(System.nanoTime(), Fault.NONE, false));
    }

    /** By the caller's patience; a person's request has none that counts here. */
    private synchronized boolean isLate(int number) {
        return !byHand.contains(number) && System.nanoTime() - attempt(number).sentAt() > patienceMillis * 1_000_000;
    }

    /** Waits until a request is with the receiver; false when none came in time. */
    boolean awaitArrived(Duration limit) throws InterruptedException {
        return arrived.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether an attempt had no answer that the caller could use. */
    synchronized boolean isUnanswered() {
        return unanswered;
    }

    /** Whether an answer told the caller in time that the mail was taken. */
    synchronized boolean isAccepted() {
        return accepted;
    }

    /** The last request to have it done, as it stood on the wire; empty while there was none. */
    synchronized Optional<String> lastCall() {
        return lastCall.isEmpty() ? Optional.empty() : Optional.of(lastCall);
    }
}
