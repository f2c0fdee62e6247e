package dev.nodoubt.bench.parts;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Doubt;
import dev.nodoubt.call.MeasuredMachine;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.Progress;
import dev.nodoubt.call.Step;
import dev.nodoubt.call.Target;
import dev.nodoubt.call.Terms;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A step of the machine: what to do with a call, and what a result means for it. */
@State(Scope.Benchmark)
public class MachinePart {

    private static final Instant DEADLINE = Material.NOW.plus(Duration.ofHours(24));

    private final AttemptResult executed = new Outcome.Executed(Material.REPLY);
    private final AttemptResult lost = new AttemptResult.Lost("no answer within 2000 ms");
    private final MeasuredMachine waiting = machine(CallState.WAITING, 0, "", null);
    private final MeasuredMachine inDoubt = machine(
            CallState.IN_DOUBT, 1, "no answer within 2000 ms", new Doubt(Material.NOW.minusSeconds(1), 0, false));

    @Setup
    public void check() {
        Material.require(waiting.next() == Step.EXECUTE && inDoubt.next() == Step.EXECUTE, "both are executed");
        Material.require(waiting.settles(executed) && !inDoubt.settles(lost), "only an outcome settles");
    }

    private static MeasuredMachine machine(CallState state, int attempts, String last, @Nullable Doubt doubt) {
        Progress progress = new Progress(state, attempts, Material.NOW, DEADLINE, null, last, doubt);
        OpenCall call =
                new OpenCall(Material.KEY, Material.REQUEST, new Terms(Call.Labels.NONE, null, false), progress, null);
        return new MeasuredMachine(call, Target.of(Material.REQUEST.target()), Material.NOW);
    }

    @Benchmark
    public Step nextOfWaiting() {
        return waiting.next();
    }

    @Benchmark
    public Step nextOfInDoubt() {
        return inDoubt.next();
    }

    @Benchmark
    public Object learnExecuted() {
        return waiting.learn(executed);
    }

    @Benchmark
    public Object learnLost() {
        return inDoubt.learn(lost);
    }
}
