package dev.nodoubt.bench.parts;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Attempt;
import dev.nodoubt.call.Step;
import dev.nodoubt.wire.CallerWire;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The caller's side of the wire: attempts become requests, and answers what they taught. */
@State(Scope.Benchmark)
public class CallerWirePart {

    private static final Payload REPLY = Payload.json("{\"state\":\"accepted\"}");

    private final Attempt execute = attempt(Step.EXECUTE);
    private final Attempt query = attempt(Step.QUERY);
    private final Attempt fence = attempt(Step.FENCE);

    private final WireResponse executed = new WireResponse(202, headers("executed"), REPLY);
    private final WireResponse found = new WireResponse(
            200,
            headers("executed"),
            Payload.json("{\"outcome\":\"executed\",\"final\":true,\"operation\":\"POST /orders\","
                    + "\"at\":\"2026-01-05T09:29:00Z\",\"status\":202,\"headers\":{},\"mediaType\":\"application/json\","
                    + "\"body\":\"" + Base64.getEncoder().encodeToString(REPLY.bytes()) + "\"}"));
    private final WireResponse fenced = new WireResponse(
            200,
            headers("fenced"),
            Payload.json("{\"outcome\":\"fenced\",\"final\":true,\"at\":\"2026-01-05T09:29:00Z\"}"));
    private final WireResponse foreign = new WireResponse(
            502, Headers.NONE, Payload.of("<h1>Bad gateway</h1>".getBytes(StandardCharsets.US_ASCII), "text/html"));

    @Setup
    public void check() {
        Material.require(resultOfExecute() instanceof Outcome.Executed, "executed");
        Material.require(resultOfQuery() instanceof Outcome.Executed, "found as executed");
        Material.require(resultOfFence() instanceof Outcome.Never, "fenced");
        Material.require(resultOfForeignError() instanceof AttemptResult.Lost, "no answer of a gate");
    }

    private static Attempt attempt(Step step) {
        return new Attempt(step, Material.KEY, Material.REQUEST, 1, Duration.ofHours(24));
    }

    private static Headers headers(String outcome) {
        return Headers.of(Map.of(
                Headers.OUTCOME,
                List.of(outcome),
                Headers.PROTOCOL,
                List.of("1"),
                Headers.CACHE_CONTROL,
                List.of("no-store"),
                Headers.INCARNATION,
                List.of("1767605400"),
                "Date",
                List.of("Mon, 05 Jan 2026 09:30:00 GMT")));
    }

    @Benchmark
    public WireRequest requestOfExecute() {
        return CallerWire.NODOUBT.request(execute);
    }

    @Benchmark
    public WireRequest requestOfQuery() {
        return CallerWire.NODOUBT.request(query);
    }

    @Benchmark
    public AttemptResult resultOfExecute() {
        return CallerWire.NODOUBT.result(execute, executed);
    }

    @Benchmark
    public AttemptResult resultOfQuery() {
        return CallerWire.NODOUBT.result(query, found);
    }

    @Benchmark
    public AttemptResult resultOfFence() {
        return CallerWire.NODOUBT.result(fence, fenced);
    }

    @Benchmark
    public AttemptResult resultOfForeignError() {
        return CallerWire.NODOUBT.result(execute, foreign);
    }
}
