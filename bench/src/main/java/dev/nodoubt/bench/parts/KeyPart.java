package dev.nodoubt.bench.parts;

import dev.nodoubt.IdempotencyKey;
import java.time.Instant;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Making keys and reading them. */
@State(Scope.Benchmark)
public class KeyPart {

    private final Instant now = Material.NOW;
    private final IdempotencyKey key = Material.KEY;
    private final String uuid = Material.KEY.value();
    private final String foreign = "order/2026-01-05/000020417";

    @Setup
    public void check() {
        Material.require(time().isPresent() && parseForeign().uuid().isEmpty(), "a UUID and a foreign key");
    }

    @Benchmark
    public IdempotencyKey create() {
        return IdempotencyKey.create(now);
    }

    @Benchmark
    public IdempotencyKey parse() {
        return IdempotencyKey.of(uuid);
    }

    @Benchmark
    public IdempotencyKey parseForeign() {
        return IdempotencyKey.of(foreign);
    }

    @Benchmark
    public Optional<Instant> time() {
        return key.time();
    }

    @Benchmark
    public String digest() {
        return key.digest();
    }
}
