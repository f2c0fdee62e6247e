package dev.nodoubt.demo.showcase;

import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.lane.LaneResult;
import dev.nodoubt.demo.lane.LaneRun;
import dev.nodoubt.demo.lane.LaneRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far the demo is: written by what runs the lanes, read by the page. Thread-safe. */
public final class Board {

    private final Map<String, Entered> entered = new HashMap<>();
    private List<String> lanes = List.of();
    private int transfers;
    private @Nullable Outcome outcome;

    /** A lane that has begun. */
    private record Entered(Lane lane, LaneRunner runner, long begin, Optional<LaneRun> run) {}

    /** How a lane stands. */
    enum Phase {
        WAITING,
        RUNNING,
        SETTLING,
        SETTLED
    }

    /**
     * A lane as it stands.
     *
     * @param lane empty before it begins
     * @param done transfers answered so far
     * @param seconds since it began; when it is settled, how long that took
     */
    record Standing(String name, Optional<Lane> lane, Phase phase, int done, double seconds) {}

    /**
     * What came out in the end.
     *
     * @param directory of the reports
     * @param kept whether the promise was kept
     * @param lanes as reported
     */
    public record Outcome(Path directory, boolean kept, List<LaneResult> lanes) {

        Optional<Count> count(String lane) {
            return lanes.stream()
                    .filter(result -> result.lane().equals(lane))
                    .map(LaneResult::count)
                    .findFirst();
        }
    }

    /** Names the lanes that will run, in their order, with so many transfers each. */
    public synchronized void expect(List<String> names, int each) {
        lanes = List.copyOf(names);
        transfers = each;
    }

    /** A lane begins; it has been opened. */
    public synchronized void begin(Lane lane, LaneRunner runner) {
        entered.put(lane.name(), new Entered(lane, runner, System.nanoTime(), Optional.empty()));
    }

    /** A lane has nothing under way any more. */
    public synchronized void end(Lane lane, LaneRun run) {
        entered.computeIfPresent(
                lane.name(), (name, was) -> new Entered(was.lane(), was.runner(), was.begin(), Optional.of(run)));
    }

    /** All lanes are counted and the reports written. */
    public synchronized void conclude(Outcome result) {
        outcome = result;
    }

    synchronized int transfers() {
        return transfers;
    }

    synchronized Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    synchronized List<Standing> standings() {
        List<Standing> standings = new ArrayList<>();
        for (String name : lanes) {
            Entered lane = entered.get(name);
            standings.add(
                    lane == null ? new Standing(name, Optional.empty(), Phase.WAITING, 0, 0) : standing(name, lane));
        }
        return standings;
    }

    private Standing standing(String name, Entered lane) {
        int done = lane.runner().done();
        double seconds =
                lane.run().map(LaneRun::settledAfter).orElseGet(() -> (System.nanoTime() - lane.begin()) / 1e9);
        Phase open = done < transfers ? Phase.RUNNING : Phase.SETTLING;
        return new Standing(
                name, Optional.of(lane.lane()), lane.run().isPresent() ? Phase.SETTLED : open, done, seconds);
    }
}
