package dev.nodoubt.spring;

import dev.nodoubt.gate.GateSettings;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is kept of a reply.
 *
 * @param body The largest reply body that is kept; a larger one is sent once, and its replays go without it.
 * @param headers Headers that are kept beside Content-Type, Content-Language, Location, ETag and Link.
 */
public record GateRepliesProperties(
        @DefaultValue("256KB") DataSize body, @DefaultValue Set<String> headers) {

    public GateRepliesProperties {
        GateLimitsProperties.requireInt(body, "nodoubt.gate.replies.body");
    }

    GateSettings.Replies replies() {
        return new GateSettings.Replies((int) body.toBytes(), headers);
    }
}
