package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.mailbox.MailboxClient;
import dev.nodoubt.demo.network.ByHand;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Single transfers in lanes side by side, each with the fault that a person chose: real requests to the real services.
 * Keeps one story a lane, and the ends of the last ones. Thread-safe.
 */
public final class Lab implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration ARRIVE = Duration.ofSeconds(10);
    private static final Duration HAND = Duration.ofSeconds(8);
    private static final BigDecimal AMOUNT = new BigDecimal("10.00");

    private final Map<String, LaneDesk> desks = new LinkedHashMap<>();
    private final LabWires wires;
    private final Looks looks;
    private final Duration patience;
    private final AtomicInteger numbers = new AtomicInteger();
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "lab");
        thread.setDaemon(true);
        return thread;
    });
    private final News news = new News();
    private boolean troubled;

    /**
     * Begins at once.
     *
     * @param wires of the networks before the lanes' receivers
     * @param patience the callers' response timeout
     */
    public Lab(List<LabLane> lanes, LabWires wires, MailboxClient mailbox, Duration patience) {
        lanes.forEach(lane -> desks.put(lane.name(), new LaneDesk(lane, wires, mailbox::mails)));
        this.wires = wires;
        this.looks = new Looks(desks.values(), news);
        this.patience = patience;
        workers.execute(looks::go);
    }

    /** The lanes' names, in their order. */
    List<String> lanes() {
        return List.copyOf(desks.keySet());
    }

    /**
     * Begins a story in each of the lanes.
     *
     * @throws Refused with the reason; then none has begun
     */
    void send(Sending sending) {
        Map<LaneDesk, Story> begun = new LinkedHashMap<>();
        synchronized (this) {
            List<LaneDesk> chosen = sending.lanes().stream().map(this::desk).toList();
            refuseIf(chosen.stream().anyMatch(LaneDesk::isBusy), "refused_busy");
            refuseIf(sending.fault().ofReceiver() && troubled, "refused_trouble");
            troubled |= sending.fault().ofReceiver();
            for (LaneDesk desk : chosen) {
                Transfer transfer =
                        new Transfer(numbers.incrementAndGet(), Sending.PAYER, sending.to(), AMOUNT, sending.memo());
                Story story = new Story(transfer, sending, patience, news::changed);
                wires.choose(transfer.number(), sending.fault().ofNetwork(), sending.attempts(), story.wire()::saw);
                if (sending.again()) {
                    story.handBegins();
                }
                desk.begin(story);
                begun.put(desk, story);
            }
        }
        workers.execute(() -> runAll(sending.fault(), begun));
        if (sending.again()) {
            begun.forEach((desk, story) -> workers.execute(() -> againOnceRunning(desk, story, begun.keySet())));
        }
        news.changed();
    }

    /**
     * Does this to a lane's present story.
     *
     * @throws Refused with the reason
     */
    void hand(String lane, Hand hand) {
        LaneDesk desk = desk(lane);
        Story story;
        String request;
        synchronized (this) { // until the hand's end no other story begins in this lane
            story = desk.story().orElseThrow(() -> new Refused("refused_nothing"));
            request = hand.request(story);
            story.handBegins();
        }
        workers.execute(() -> handAndSettle(desk, story, () -> hand(desk, story, hand, request)));
    }

    /** No attempt meets a fault of the network any more. */
    void mend() {
        wires.mend();
        desks.values()
                .forEach(desk -> desk.story()
                        .filter(story -> story.verdict().isEmpty())
                        .ifPresent(story -> story.step("person", "mend")));
    }

    private void hand(LaneDesk desk, Story story, Hand hand, String request) {
        story.step("person", "hand_" + hand);
        try {
            Receiver receiver = desk.lane().receiver();
            int port = hand == Hand.AGAIN ? receiver.network().port() : receiver.port();
            story.step(
                    "person",
                    "hand_answer",
                    ByHand.send(port, request, HAND, story.wire()::handFrom).words());
        } catch (IOException e) {
            story.step("person", "hand_silence");
        }
    }

    /** Once this request and those beside it at the same receiver are worked on. */
    private void againOnceRunning(LaneDesk desk, Story story, Set<LaneDesk> all) {
        Receiver receiver = desk.lane().receiver();
        long running = all.stream()
                .filter(one -> one.lane().receiver().equals(receiver))
                .count();
        handAndSettle(desk, story, () -> {
            boolean held = story.wire().awaitArrived(ARRIVE) && receiver.awaitHeld(running, ARRIVE);
            story.wire()
                    .lastCall()
                    .filter(request -> held)
                    .ifPresentOrElse(
                            request -> hand(desk, story, Hand.AGAIN, request),
                            () -> story.step("person", "hand_not_sent"));
        });
    }

    private interface Act {

        void run() throws InterruptedException, SQLException;
    }

    private void handAndSettle(LaneDesk desk, Story story, Act act) {
        try {
            act.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (SQLException | RuntimeException e) {
            story.failed("person", e);
        } finally {
            story.handEnds();
        }
        looks.settle(desk, story);
    }

    /** Each lane's transfer, while its receiver suffers what was chosen. */
    private void runAll(LabFault fault, Map<LaneDesk, Story> begun) {
        Map<Receiver, List<Story>> suffering = new LinkedHashMap<>();
        if (fault.ofReceiver()) {
            begun.forEach((desk, story) -> suffering
                    .computeIfAbsent(desk.lane().receiver(), receiver -> new ArrayList<>())
                    .add(story));
        }
        Suffering trouble = new Suffering(fault, suffering);
        trouble.begin();
        try {
            begun.forEach((desk, story) -> workers.execute(() -> run(desk, story)));
        } finally {
            trouble.end();
            if (fault.ofReceiver()) {
                synchronized (this) {
                    troubled = false;
                }
            }
        }
    }

    private void run(LaneDesk desk, Story story) {
        try {
            desk.transfer(story);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            story.failed("caller", e);
        }
        looks.settle(desk, story);
    }

    private LaneDesk desk(String lane) {
        LaneDesk desk = desks.get(lane);
        if (desk == null) {
            throw new Refused("refused_lanes");
        }
        return desk;
    }

    private static void refuseIf(boolean condition, String reason) {
        if (condition) {
            throw new Refused(reason);
        }
    }

    /** What the page shows, as JSON. */
    String json() {
        return JSON.writeValueAsString(Map.of(
                "patience",
                patience.toMillis(),
                "lasts",
                Stream.of(LabFault.values())
                        .collect(Collectors.toMap(
                                LabFault::name, fault -> fault.lasts().toMillis())),
                "lanes",
                desks.values().stream().map(LaneDesk::shown).toList()));
    }

    News news() {
        return news;
    }

    /** Whatever a receiver suffers ends first. */
    @Override
    public void close() {
        news.end();
        workers.shutdownNow();
        try {
            workers.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
