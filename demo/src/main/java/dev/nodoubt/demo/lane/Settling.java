package dev.nodoubt.demo.lane;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Waits until a lane has nothing under way any more: in its own programs, in the network, in the mail service. */
public final class Settling {

    private static final Duration ASK = Duration.ofMillis(100);
    /** So many times in a row nothing was under way: what moved from one place to the next is seen in one of them. */
    private static final int CALM = 5;

    private final List<Place> places;
    private final Duration limit;

    /**
     * @param places where something may be under way besides the lane itself
     * @param limit how long to wait; what is open then is counted as it stands
     */
    public Settling(List<Place> places, Duration limit) {
        this.places = List.copyOf(places);
        this.limit = limit;
    }

    /** Somewhere that work may still be. */
    @FunctionalInterface
    public interface Place {

        /** How many pieces. */
        int pending() throws IOException, SQLException;
    }

    /** Returns when nothing is under way, or the limit has passed. */
    public void await(Lane lane) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        int calm = 0;
        while (calm < CALM && System.nanoTime() - end < 0) {
            calm = busy(lane) ? 0 : calm + 1;
            Thread.sleep(ASK.toMillis());
        }
    }

    /** A place that cannot be asked, such as a database that was killed, counts as busy. */
    private boolean busy(Lane lane) {
        try {
            for (Place place : places) {
                if (place.pending() > 0) {
                    return true;
                }
            }
            return lane.pending() > 0;
        } catch (IOException | SQLException e) {
            return true;
        }
    }
}
