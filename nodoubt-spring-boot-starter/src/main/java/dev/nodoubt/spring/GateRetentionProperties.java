package dev.nodoubt.spring;

import dev.nodoubt.gate.GateSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a key is remembered, counted from the key's own time.
 *
 * @param rows After which a key's row is deleted and the key is expired; longer than the keys' window and skew together.
 * @param bodies After which body and headers of a kept reply are erased; at most as long as the row.
 * @param interval The time between two purges, 1 second to 1 day.
 * @param batch The most rows that one transaction of the purge deletes, 1 to 100000.
 */
public record GateRetentionProperties(
        @DefaultValue("30d") Duration rows,
        @DefaultValue("14d") Duration bodies,
        @DefaultValue("10m") Duration interval,
        @DefaultValue("1000") int batch) {

    GateSettings.Retention retention() {
        return new GateSettings.Retention(rows, bodies, interval, batch);
    }
}
