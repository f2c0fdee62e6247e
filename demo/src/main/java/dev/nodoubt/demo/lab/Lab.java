package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.mailbox.Mail;
import dev.nodoubt.demo.mailbox.MailboxClient;
import dev.nodoubt.demo.network.ByHand;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * Single transfers in lanes side by side, each with the fault that a person chose: real requests to the real services.
 * Keeps one story a lane, and the ends of the last ones. Thread-safe.
 */
public final class Lab implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LOOK = Duration.ofMillis(150);
    private static final Duration ARRIVE = Duration.ofSeconds(10);
    private static final Duration HAND = Duration.ofSeconds(8);
    private static final BigDecimal AMOUNT = new BigDecimal("10.00");

    private final Map<String, LaneDesk> desks = new LinkedHashMap<>();
    private final LabWires wires;
    private final MailboxClient mailbox;
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
        lanes.forEach(lane -> desks.put(lane.name(), new LaneDesk(lane, wires)));
        this.wires = wires;
        this.mailbox = mailbox;
        this.patience = patience;
        workers.execute(this::look);
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
                wires.choose(transfer.number(), sending.fault().ofNetwork(), sending.attempts(), story::saw);
                desk.begin(story);
                begun.put(desk, story);
            }
        }
        workers.execute(() -> {
            List<Receiver.Trouble> troubles = suffer(sending.fault(), begun);
            try {
                begun.forEach((desk, story) -> workers.execute(() -> run(desk, story)));
            } finally {
                recover(sending.fault(), begun.values(), troubles);
            }
        });
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
        Story story = desk.story().orElseThrow(() -> new Refused("refused_nothing"));
        String request = hand.request(story);
        story.reopen();
        workers.execute(() -> {
            hand(desk, story, hand, request);
            story.reopen();
            settle(desk, story);
        });
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
            story.step("person", "hand_answer", ByHand.send(port, request, HAND).words());
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
        try {
            if (story.awaitArrived(ARRIVE) && receiver.awaitHeld(running, ARRIVE)) {
                story.lastCall().ifPresent(request -> hand(desk, story, Hand.AGAIN, request));
            }
        } catch (SQLException e) {
            tellFailure(List.of(story), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the receivers of these lanes suffer. */
    private List<Receiver.Trouble> suffer(LabFault fault, Map<LaneDesk, Story> begun) {
        List<Receiver.Trouble> troubles = new ArrayList<>();
        if (!fault.ofReceiver()) {
            return troubles;
        }
        Set<Receiver> receivers = new LinkedHashSet<>();
        begun.keySet().forEach(desk -> receivers.add(desk.lane().receiver()));
        begun.values().forEach(story -> story.step("receiver", "suffers_" + fault));
        try {
            for (Receiver receiver : receivers) {
                troubles.add(receiver.suffer(fault));
            }
        } catch (Exception e) {
            tellFailure(begun.values(), e);
        }
        return troubles;
    }

    /** When it has lasted long enough, or the lab ends: what was frozen must go on, or it could not end. */
    private void recover(LabFault fault, Collection<Story> stories, List<Receiver.Trouble> troubles) {
        boolean interrupted = false;
        try {
            for (Story story : fault.awaitsRequests() ? stories : List.<Story>of()) {
                story.awaitArrived(ARRIVE);
            }
            Thread.sleep(fault.lasts().toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        for (Receiver.Trouble trouble : troubles) {
            try {
                trouble.end();
            } catch (Exception e) {
                tellFailure(stories, e);
            }
        }
        if (fault.ofReceiver()) {
            stories.forEach(story -> story.step("receiver", "recovers_" + fault));
            synchronized (this) {
                troubled = false;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tellFailure(Collection<Story> stories, Exception e) {
        stories.forEach(story -> story.step("receiver", "failed", String.valueOf(e.getMessage())));
    }

    private void run(LaneDesk desk, Story story) {
        try {
            desk.transfer(story);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            story.step("caller", "failed", String.valueOf(e.getMessage()));
        }
        settle(desk, story);
    }

    private void settle(LaneDesk desk, Story story) {
        while (!news.isEnded() && story.verdict().isEmpty()) {
            try {
                desk.settle(story, mailbox);
            } catch (IOException | SQLException e) {
                news.changed(); // a database or the mailbox is away: asked again
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** One thread looks at all open stories, again and again. */
    private void look() {
        while (!news.isEnded()) {
            try {
                List<LaneDesk> busy =
                        desks.values().stream().filter(LaneDesk::isBusy).toList();
                List<Mail> mails = busy.isEmpty() ? List.of() : mailbox.mails();
                for (LaneDesk desk : busy) {
                    Optional<Story> story = desk.story();
                    if (story.isPresent()) {
                        desk.look(story.get(), mails);
                    }
                }
                Thread.sleep(LOOK.toMillis());
            } catch (IOException | SQLException e) {
                news.changed(); // what cannot be asked now is asked at the next look
            } catch (InterruptedException e) {
                return;
            }
        }
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
