package dev.nodoubt.demo.showcase;

import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.mailbox.Mail;
import dev.nodoubt.demo.mailbox.MailboxClient;
import dev.nodoubt.demo.network.Fault;
import dev.nodoubt.demo.network.FaultyNetwork;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the page asks for each second. It is gathered only when somebody asks, and once for all who ask within a second,
 * so that watching costs the run little. Thread-safe.
 */
final class LiveState {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long FRESH_NANOS = 900_000_000L;

    private final Board board;
    private final FaultyNetwork network;
    private final Places places;
    private final MailboxClient mailbox;
    private final Targets targets;
    private String last = "";
    private long lastAt;

    private record Network(long attempts, int underWay, List<Met> faults) {}

    private record Met(String fault, int percent, long met) {}

    private record Said(boolean kept) {}

    LiveState(Board board, FaultyNetwork network, Places places) {
        this.board = board;
        this.network = network;
        this.places = places;
        this.mailbox = new MailboxClient(places.mailbox());
        this.targets = new Targets(places.transfer());
    }

    /** As JSON. */
    synchronized String json() throws InterruptedException {
        if (last.isEmpty() || System.nanoTime() - lastAt > FRESH_NANOS) {
            last = JSON.writeValueAsString(gathered());
            lastAt = System.nanoTime();
        }
        return last;
    }

    private Map<String, Object> gathered() throws InterruptedException {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("transfers", board.transfers());
        state.put("lanes", lanes());
        state.put("network", network());
        targets.list().ifPresent(list -> state.put("targets", list));
        state.put("places", places);
        board.outcome().ifPresent(outcome -> state.put("outcome", new Said(outcome.kept())));
        return state;
    }

    private List<Map<String, Object>> lanes() throws InterruptedException {
        Optional<Board.Outcome> outcome = board.outcome();
        Optional<List<Mail>> mails = outcome.isPresent() ? Optional.empty() : mails();
        List<Map<String, Object>> lanes = new ArrayList<>();
        for (Board.Standing standing : board.standings()) {
            Map<String, Object> lane = new LinkedHashMap<>();
            lane.put("lane", standing.name());
            lane.put("phase", standing.phase().name());
            lane.put("done", standing.done());
            lane.put("seconds", Math.round(standing.seconds() * 10) / 10.0);
            // what a person sends after the run belongs to no lane: reported counts do not move any more
            outcome.flatMap(result -> result.count(standing.name())).ifPresent(count -> add(lane, count));
            if (standing.lane().isPresent() && mails.isPresent()) {
                Optional<Count> count = count(standing.lane().get(), mails.get(), standing.done());
                count.ifPresent(known -> add(lane, known));
            }
            lanes.add(lane);
        }
        return lanes;
    }

    private Optional<List<Mail>> mails() throws InterruptedException {
        try {
            return Optional.of(mailbox.mails());
        } catch (IOException e) {
            return Optional.empty(); // the page shows what else is known
        }
    }

    private static Optional<Count> count(Lane lane, List<Mail> mails, int done) throws InterruptedException {
        try {
            return Optional.of(Count.of(done, lane.books(), lane.effects(mails)));
        } catch (IOException | SQLException e) {
            return Optional.empty(); // what it is counted from is down: the next look tells more
        }
    }

    /** A transfer that committed a moment ago may not be among those done yet. */
    private static void add(Map<String, Object> lane, Count count) {
        lane.put("rolledBack", Math.max(0, count.rolledBack()));
        lane.put("mailsReceived", count.mails().received());
        lane.put("lost", count.mails().lost());
        lane.put("doubled", count.mails().doubled());
        lane.put("rolledBackButSent", count.mails().rolledBackButSent());
        lane.put("inDoubt", count.inDoubt());
    }

    private Network network() {
        List<Met> faults = new ArrayList<>();
        long attempts = 0;
        for (Fault fault : Fault.values()) {
            long met = network.met(fault);
            attempts += met;
            faults.add(new Met(fault.name(), fault.percent(), met));
        }
        return new Network(attempts, network.underWay(), faults);
    }
}
