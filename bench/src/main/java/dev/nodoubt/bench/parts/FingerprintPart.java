package dev.nodoubt.bench.parts;

import dev.nodoubt.Payload;
import dev.nodoubt.gate.Fingerprint;
import dev.nodoubt.gate.Fingerprint.Rule;
import dev.nodoubt.wire.FingerprintSettings;
import dev.nodoubt.wire.RequestBody;
import dev.nodoubt.wire.RequestFingerprints;
import dev.nodoubt.wire.RequestHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The fingerprint of a request, by each rule. */
@State(Scope.Benchmark)
public class FingerprintPart {

    private static final FingerprintSettings CANONICAL = new FingerprintSettings(true, Set.of(), 1 << 20);

    private static final String PARTS = "--b7\r\nContent-Disposition: form-data; name=\"order\"\r\n"
            + "Content-Type: application/json\r\n\r\n" + Material.ORDER.text() + "\r\n--b7--\r\n";

    private final RequestHead head = new RequestHead("POST", Material.PATH, Material.headers());
    private final RequestBody order = RequestBody.of(Material.ORDER);
    private final RequestBody largeOrder = RequestBody.of(Material.LARGE_ORDER);
    private final RequestBody parts =
            RequestBody.of(Payload.of(PARTS.getBytes(StandardCharsets.US_ASCII), "multipart/form-data; boundary=b7"));

    @Setup
    public void check() {
        require(raw(), Rule.RAW);
        require(rawLarge(), Rule.RAW);
        require(canonicalJson(), Rule.CANONICAL_JSON);
        require(multipart(), Rule.MULTIPART);
    }

    private static void require(Fingerprint made, Rule rule) {
        Material.require(made.version() == rule.number(), "the rule " + rule + " makes the fingerprint");
    }

    @Benchmark
    public Fingerprint raw() {
        return of(order, FingerprintSettings.DEFAULTS);
    }

    @Benchmark
    public Fingerprint rawLarge() {
        return of(largeOrder, FingerprintSettings.DEFAULTS);
    }

    @Benchmark
    public Fingerprint canonicalJson() {
        return of(order, CANONICAL);
    }

    @Benchmark
    public Fingerprint multipart() {
        return of(parts, FingerprintSettings.DEFAULTS);
    }

    private Fingerprint of(RequestBody body, FingerprintSettings settings) {
        try {
            return RequestFingerprints.of(head, body, settings).chosen();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory could not be read", e);
        }
    }
}
