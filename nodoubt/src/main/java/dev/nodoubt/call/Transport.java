package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The way to the called systems (a port). Implementations are thread-safe and never re-send by themselves. */
public interface Transport extends AutoCloseable {

    /**
     * Crosses the network once. The stage always completes normally, within {@link #longest} and a little scheduling
     * time; a fault of any kind is a {@link AttemptResult.NotSent} when certainly no byte left, else {@link
     * AttemptResult.Lost}.
     */
    CompletionStage<Crossing> cross(Attempt attempt);

    /** The longest time that an attempt to this target may take: pool wait, connect and response. */
    Duration longest(String target);

    /** The names of the targets that it can reach. */
    Set<String> targets();

    /** What it can ask this target: of {@link Step#EXECUTE}, QUERY, FENCE and CANCEL. */
    Set<Step> steps(String target);

    /** Ends what is under way and gives back all connections. */
    @Override
    void close();
}
