package dev.nodoubt.bench.parts;

import dev.nodoubt.Payload;
import dev.nodoubt.gate.Fingerprint;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateRow;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.wire.GateEndpoint;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import java.time.InstantSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The receiver's side of the wire without a database: a request is read and fingerprinted, and its reply answered. */
@State(Scope.Benchmark)
public class EndpointPart {

    private static final InstantSource CLOCK = InstantSource.fixed(Material.NOW);

    private final GateEndpoint endpoint = endpoint();
    private final WireRequest order = new WireRequest("POST", Material.PATH, Material.headers(), Material.ORDER);
    private final WireRequest query = new WireRequest("GET", "/nodoubt/outcome", Material.headers(), Payload.EMPTY);

    @Setup
    public void check() {
        Material.require(execute().headers().first(Headers.REPLAYED).isPresent(), "replayed from memory");
        Material.require(outcome().status() == 200, "found in memory");
    }

    private static GateEndpoint endpoint() {
        Fingerprint fingerprint = Fingerprint.raw("POST", Material.PATH, Material.ORDER);
        OneRow store = new OneRow(
                new GateRow.Executed(fingerprint, "POST " + Material.PATH, Material.NOW, Material.NOW, Material.REPLY));
        return new GateEndpoint(new Gate(store, store, GateSettings.DEFAULT, CLOCK), CLOCK);
    }

    @Benchmark
    public WireResponse execute() {
        return endpoint.execute(Material.SCOPE, order, transaction -> Material.REPLY);
    }

    @Benchmark
    public WireResponse outcome() {
        return endpoint.outcome(Material.SCOPE, query);
    }
}
