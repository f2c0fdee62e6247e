package dev.nodoubt.console;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything under {@code nodoubt.console}.
 *
 * @param enabled Whether this application shows the console at /nodoubt.
 * @param access Who may see it and act in it.
 * @param live The numbers that the overview shows as they change.
 */
@ConfigurationProperties(prefix = "nodoubt.console", ignoreUnknownFields = false)
public record ConsoleProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Access access,
        @DefaultValue Live live) {

    /**
     * Who may see the console and act in it.
     *
     * @param loopback What a browser on this machine may do without being authenticated.
     * @param roles Which roles of the application's own security give which permission; a star stands for any
     *     authenticated principal.
     */
    public record Access(
            @DefaultValue("view") Loopback loopback,
            @DefaultValue Map<Permission, List<String>> roles) {

        public Access {
            roles = Map.copyOf(roles);
        }
    }

    /** What a browser on this machine may do without being authenticated. */
    public enum Loopback {
        /** Nothing: the console is for authenticated principals only. */
        NONE,
        /** See the pages. */
        VIEW,
        /** Everything, as {@code loopback} in the audit. For development. */
        ACT;

        Set<Permission> permissions() {
            return switch (this) {
                case NONE -> Set.of();
                case VIEW -> Set.of(Permission.VIEW);
                case ACT -> EnumSet.allOf(Permission.class);
            };
        }
    }

    /**
     * The numbers that the overview shows as they change.
     *
     * @param every How often they are read while somebody watches.
     * @param watchers The most browsers that watch at once; each holds a connection and no thread.
     */
    public record Live(
            @DefaultValue("2s") Duration every,
            @DefaultValue("50") int watchers) {

        public Live {
            if (every.compareTo(Duration.ofMillis(200)) < 0) {
                throw new IllegalArgumentException("nodoubt.console.live.every must be >= PT0.2S, was " + every);
            }
            if (watchers < 0 || watchers > 10_000) {
                throw new IllegalArgumentException("nodoubt.console.live.watchers must be 0 to 10000, was " + watchers);
            }
        }
    }
}
