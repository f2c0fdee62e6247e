package dev.nodoubt.spring;

import dev.nodoubt.gate.GateSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much of the gate's table one caller may have.
 *
 * @param rows The most rows of executed and rejected keys; no limit by default.
 * @param tombstones The most rows that fences left.
 */
public record GateQuotaProperties(
        @Nullable Long rows, @DefaultValue("1000000") long tombstones) {

    GateSettings.Quota quota() {
        return new GateSettings.Quota(rows == null ? GateSettings.Quota.DEFAULT.rows() : rows, tombstones);
    }
}
