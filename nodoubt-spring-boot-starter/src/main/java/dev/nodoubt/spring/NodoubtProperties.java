package dev.nodoubt.spring;

import dev.nodoubt.call.Relay;
import dev.nodoubt.gate.GateSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything under {@code nodoubt}. A misspelt property stops the start, so that no protection silently has its default.
 *
 * @param targets Called systems by name. The name is what a call says as its target: 1 to 64 characters of a-z 0-9 . -
 * @param relay The engine that delivers recorded calls.
 * @param schema The library's tables.
 * @param gate The receiver's gate.
 * @param console Left to the module nodoubt-console, which reads and checks it; ignored without that.
 * @param node This process' name in the database and in logs, by default the application's name. Need not be unique.
 */
@ConfigurationProperties(prefix = "nodoubt", ignoreUnknownFields = false)
public record NodoubtProperties(
        @DefaultValue Map<String, TargetProperties> targets,
        @DefaultValue RelayProperties relay,
        @DefaultValue SchemaProperties schema,
        @DefaultValue GateProperties gate,
        @DefaultValue Map<String, String> console,
        @Nullable String node) {

    public NodoubtProperties {
        targets = Map.copyOf(targets);
        console = Map.copyOf(console);
        targets.forEach((name, target) -> target.validate("nodoubt.targets." + name, name));
        Rule.require(node == null || !node.isBlank(), "nodoubt.node", "named", "\"" + node + "\"");
    }

    /** @param application the application's name; empty when it has none */
    Relay.Settings relaySettings(String application) {
        Relay.Settings defaults = Relay.Settings.DEFAULT;
        String otherwise = application.isBlank() ? defaults.node() : application;
        return new Relay.Settings(
                node == null ? otherwise : node,
                relay.lease(),
                relay.scan(),
                defaults.inMemory(),
                defaults.batch(),
                relay.retention().retention());
    }

    /**
     * The engine that delivers recorded calls.
     *
     * @param enabled Whether this process records and delivers calls.
     * @param lease How long after its last sign of life another process may take over this one's calls; more than three
     *     scans and longer than any attempt.
     * @param scan How often the database is searched for calls that nobody handed over.
     * @param retention How long what is kept.
     */
    public record RelayProperties(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("15s") Duration lease,
            @DefaultValue("1s") Duration scan,
            @NestedConfigurationProperty @DefaultValue RelayRetentionProperties retention) {

        public RelayProperties {
            Rule.positive(scan, "nodoubt.relay.scan");
            Rule.require(
                    lease.compareTo(scan.multipliedBy(3)) > 0,
                    "nodoubt.relay.lease",
                    "more than three times nodoubt.relay.scan (" + scan + ")",
                    lease);
        }
    }

    /**
     * The library's tables.
     *
     * @param mode What happens to the tables at start.
     */
    public record SchemaProperties(@DefaultValue("embedded") Mode mode) {

        /** What happens to the tables at start. */
        public enum Mode {
            /** As {@code always} for an embedded database in memory, as {@code validate} for every other. */
            EMBEDDED,
            /** Created when they are not there, upgraded when they are old, then validated. */
            ALWAYS,
            /** Validated: a missing or other version stops the start. */
            VALIDATE,
            /** Nothing. */
            NEVER
        }
    }

    /**
     * The receiver's gate.
     *
     * @param key What happens to a request without an idempotency key.
     * @param otherManagers What happens at start when a gated handler reaches a transactional method of another
     *     transaction manager than the gate's, whose effect would commit without the key.
     * @param keys Which keys are taken, and what makes two requests the same.
     * @param limits How long and how large one request may be.
     * @param replies What is kept of a reply.
     * @param retention How long a key is remembered, counted from the key's own time.
     * @param quota How much of the gate's table one caller may have.
     */
    public record GateProperties(
            @DefaultValue("required") KeyRule key,
            @DefaultValue("refuse") OtherManagers otherManagers,
            @NestedConfigurationProperty @DefaultValue GateKeysProperties keys,
            @NestedConfigurationProperty @DefaultValue GateLimitsProperties limits,
            @NestedConfigurationProperty @DefaultValue GateRepliesProperties replies,
            @NestedConfigurationProperty @DefaultValue GateRetentionProperties retention,
            @NestedConfigurationProperty @DefaultValue GateQuotaProperties quota) {

        /** The bounds of the gate, which say what is wrong with them. */
        GateSettings settings() {
            return new GateSettings(
                    keys.keys(), limits.limits(), replies.replies(), retention.retention(), quota.quota());
        }

        /** What happens to a request without an idempotency key. */
        public enum KeyRule {
            /** Refused with 400. */
            REQUIRED,
            /** Executed each time it comes, ungated, and its answer says nothing of an outcome. */
            OPTIONAL
        }

        /** What happens when a gated handler reaches a transactional method of another transaction manager. */
        public enum OtherManagers {
            /** The application does not start. */
            REFUSE,
            /** It is logged, and what such a method writes is not protected. */
            WARN
        }
    }

    /** How a property is refused: its name, the rule and the value. */
    static final class Rule {

        private Rule() {}

        static void require(boolean holds, String property, String rule, @Nullable Object value) {
            if (!holds) {
                throw new IllegalArgumentException(property + " must be " + rule + ", was " + value);
            }
        }

        static void positive(Duration value, String property) {
            Objects.requireNonNull(value, property);
            require(!value.isNegative() && !value.isZero(), property, "> 0", value);
        }
    }
}
