package dev.nodoubt.spring;

import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.spring.NodoubtProperties.Rule;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How long and how large one request may be.
 *
 * @param lockWait How long the gate's own statements wait for a lock, 1 ms to 2 s.
 * @param transaction How long one gated transaction may last before the database ends it, 1 s to 1 h.
 * @param patience The longest time that a request may wait for another attempt of its key (Prefer: wait), 0 to 1 minute.
 * @param body The largest request body that is gated, after its content coding is undone; less than 2 GB.
 */
public record GateLimitsProperties(
        @DefaultValue("500ms") Duration lockWait,
        @DefaultValue("60s") Duration transaction,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("1MB") DataSize body) {

    public GateLimitsProperties {
        requireInt(body, "nodoubt.gate.limits.body");
    }

    GateSettings.Limits limits() {
        return new GateSettings.Limits(lockWait, transaction, patience, (int) body.toBytes());
    }

    static void requireInt(DataSize size, String property) {
        Rule.require(size.toBytes() <= Integer.MAX_VALUE, property, "less than 2GB", size);
    }
}
