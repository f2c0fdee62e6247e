package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A transport that answers at once what its script says, keeps what it was asked, and hangs where the script has null. */
final class ScriptedTransport implements Transport {

    static final AttemptResult EXECUTED = new Outcome.Executed(Reply.of(202));
    static final AttemptResult LOST = new AttemptResult.Lost("no answer within 3000 ms");
    static final AttemptResult NOT_SENT = new AttemptResult.NotSent("connection refused");

    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final ManualLoop loop;
    private final List<Sent> probes = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private Function<Attempt, @Nullable AttemptResult> script = attempt -> EXECUTED;
    private Set<Step> steps = EnumSet.of(Step.EXECUTE, Step.QUERY, Step.FENCE, Step.CANCEL);
    private AttemptResult probeAnswer = new Answer.Absent();

    /** An attempt, the time at which it was asked for, and the way to answer it later. */
    record Sent(Attempt attempt, long at, CompletableFuture<AttemptResult> answer) {
        @Override
        public String toString() {
            return attempt + " at " + Duration.ofNanos(at);
        }
    }

    ScriptedTransport(ManualLoop loop) {
        this.loop = loop;
    }

    void answers(AttemptResult result) {
        script = attempt -> result;
    }

    void follows(Function<Attempt, @Nullable AttemptResult> newScript) {
        script = newScript;
    }

    /** All that it can ask from now on. */
    void asks(Step... only) {
        steps = Set.of(only);
    }

    void hangs() {
        script = attempt -> null;
    }

    void answersProbes(AttemptResult result) {
        probeAnswer = result;
    }

    /** Probes of the outcome endpoint. */
    List<Sent> probes() {
        return probes;
    }

    /** All that concerned a call, oldest first. */
    List<Sent> sent() {
        return sent;
    }

    List<Sent> sent(Step step) {
        return sent.stream().filter(s -> s.attempt.step() == step).toList();
    }

    @Override
    public CompletionStage<Crossing> cross(Attempt attempt) {
        CompletableFuture<AttemptResult> answer = new CompletableFuture<>();
        boolean isProbe = attempt.request().path().equals("/");
        (isProbe ? probes : sent).add(new Sent(attempt, loop.nanoTime(), answer));
        AttemptResult result = isProbe ? probeAnswer : script.apply(attempt);
        if (result != null) {
            answer.complete(result);
        }
        return answer.thenApply(Crossing::of);
    }

    @Override
    public Duration longest(String target) {
        return LONGEST;
    }

    @Override
    public Set<String> targets() {
        return Set.of("mail", "stock");
    }

    @Override
    public Set<Step> steps(String target) {
        return steps;
    }

    @Override
    public void close() {
        probes.clear();
    }
}
