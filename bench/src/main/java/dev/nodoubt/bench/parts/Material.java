package dev.nodoubt.bench.parts;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Request;
import dev.nodoubt.wire.Headers;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What all parts work on: one order, and its call. Immutable. */
final class Material {

    static final Instant NOW = Instant.parse("2026-01-05T09:30:00Z");
    static final IdempotencyKey KEY = IdempotencyKey.create(NOW.minusSeconds(60));
    static final String SCOPE = "bench";
    static final String PATH = "/orders";

    private static final String ITEM = "{\"article\":\"4006381333931\",\"count\":2}";

    static final Payload ORDER =
            Payload.json("{\"reference\":\"00000000000000020417\",\"customer\":\"c-20417\",\"items\":[" + ITEM + ","
                    + ITEM + "],\"total\":\"84.90\",\"currency\":\"EUR\"}");

    /** About 16 KiB. */
    static final Payload LARGE_ORDER = Payload.json("{\"items\":[" + (ITEM + ",").repeat(420) + ITEM + "]}");

    static final Request REQUEST = new Request("orders", "POST", PATH, ORDER);

    static final Reply REPLY =
            Reply.of(202, Payload.json("{\"state\":\"accepted\",\"reference\":\"00000000000000020417\"}"));

    private Material() {}

    /** As a caller sends them with its first attempt. */
    static Headers headers() {
        return Headers.of(Map.of(
                "Host",
                List.of("127.0.0.1:8080"),
                Headers.IDEMPOTENCY_KEY,
                List.of('"' + KEY.value() + '"'),
                Headers.ATTEMPT,
                List.of("1"),
                Headers.DEADLINE,
                List.of("86399000")));
    }

    /** Stops a benchmark that would measure something else. */
    static void require(boolean holds, String path) {
        if (!holds) {
            throw new IllegalStateException("not the path to be measured: " + path);
        }
    }
}
