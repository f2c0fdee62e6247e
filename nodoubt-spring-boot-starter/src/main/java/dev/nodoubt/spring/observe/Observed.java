package dev.nodoubt.spring.observe;

import dev.nodoubt.Trace;
import dev.nodoubt.Watch;
import io.micrometer.observation.Observation;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A watch that is an observation. */
final class Observed<R> implements Watch<R> {

    private final Observation observation;
    private final Map<String, String> sent;
    private final End<R> end;

    /**
     * What its end adds.
     *
     * @param tag name of the tag that tells what came of it
     * @param word that tag's value
     * @param also what else is done with what came
     */
    record End<R>(String tag, Function<R, String> word, Consumer<R> also) {

        static <R> End<R> of(String tag, Function<R, String> word) {
            return new End<>(tag, word, result -> {});
        }
    }

    /** @param sent fields under which others continue it */
    Observed(Observation observation, Map<String, String> sent, End<R> end) {
        this.observation = observation.start();
        this.sent = sent;
        this.end = end;
    }

    @Override
    public @Nullable Trace trace() {
        return TraceFields.trace(sent);
    }

    @Override
    public Scope open() {
        return observation.openScope()::close;
    }

    @Override
    public void ended(R result) {
        observation.lowCardinalityKeyValue(end.tag, end.word.apply(result)).stop();
        end.also.accept(result);
    }

    /** With the same tags as when it ends: a meter has one set of them. */
    @Override
    public void failed(Throwable fault) {
        observation.lowCardinalityKeyValue(end.tag, "failed").error(fault).stop();
    }
}
