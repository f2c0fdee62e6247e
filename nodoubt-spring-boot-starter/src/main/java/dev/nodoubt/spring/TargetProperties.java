package dev.nodoubt.spring;

import dev.nodoubt.Backoff;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Target;
import dev.nodoubt.http.HttpTarget;
import dev.nodoubt.spring.ForeignProperties.CodesProperties;
import dev.nodoubt.spring.ForeignProperties.KeyProperties;
import dev.nodoubt.spring.ForeignProperties.NetCancelProperties;
import dev.nodoubt.spring.ForeignProperties.Offer;
import dev.nodoubt.spring.ForeignProperties.QueryProperties;
import dev.nodoubt.spring.NodoubtProperties.Rule;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How one called system is reached, protected and asked again. A component a property, so there are more than usual.
 *
 * @param baseUrl Address of the system, http or https, with a path prefix at most; by default that of the group of HTTP
 *     interfaces with the target's name (spring.http.serviceclient), as are the timeouts.
 * @param connectTimeout Name resolution, connect and TLS handshake; usually 1 to 5 seconds.
 * @param socketTimeout No byte in either direction for so long.
 * @param responseTimeout The read timeout of a whole exchange, until the answer's last byte; usually 1 to 3 seconds.
 * @param poolWait Waiting for a free connection.
 * @param maxConnections The most connections at once, 1 to 10000; by default as many as permits.
 * @param permits The bulkhead: the most attempts at once, 1 to 10000.
 * @param backoff Waits between the attempts of a call.
 * @param breaker The circuit breaker.
 * @param rate The most attempts that begin in a second; no limit by default.
 * @param order What happens to calls of one order key.
 * @param credentials Who calls.
 * @param capability What the system offers to end a doubt about a call.
 * @param keyHeader Header that carries a call's key to a system that is no nodoubt receiver; Idempotency-Key by default.
 * @param codes Definite answers of a system that is no nodoubt receiver.
 * @param key Its idempotency key.
 * @param query How it is asked what became of a call.
 * @param netCancel How a call is cancelled.
 */
@ConfigurationPropertiesSource
public record TargetProperties(
        @Nullable URI baseUrl,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("3s") Duration socketTimeout,
        @DefaultValue("3s") Duration responseTimeout,
        @DefaultValue("200ms") Duration poolWait,
        @Nullable Integer maxConnections,
        @DefaultValue("16") int permits,
        @DefaultValue BackoffProperties backoff,
        @DefaultValue BreakerProperties breaker,
        @Nullable Double rate,
        @DefaultValue OrderProperties order,
        @NestedConfigurationProperty @DefaultValue CredentialsProperties credentials,
        @DefaultValue("nodoubt") Offer capability,
        @Nullable String keyHeader,
        @NestedConfigurationProperty @Nullable CodesProperties codes,
        @NestedConfigurationProperty @Nullable KeyProperties key,
        @NestedConfigurationProperty @Nullable QueryProperties query,
        @NestedConfigurationProperty @Nullable NetCancelProperties netCancel) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
    private static final int MOST = 10_000;

    /**
     * Waits between the attempts of a call.
     *
     * @param first The wait after the first attempt; each further one is twice as long.
     * @param cap The longest wait, at most one hour.
     * @param jitter Fraction of a wait by which it may be shorter or longer, 0 to 0.5.
     */
    public record BackoffProperties(
            @DefaultValue("2s") Duration first,
            @DefaultValue("16s") Duration cap,
            @DefaultValue("0.1") double jitter) {

        private void validate(String at) {
            Rule.positive(first, at + ".first");
            Rule.require(
                    cap.compareTo(first) >= 0 && cap.compareTo(Duration.ofHours(1)) <= 0,
                    at + ".cap",
                    "at least first (" + first + ") and at most PT1H",
                    cap);
            Rule.require(jitter >= 0 && jitter <= 0.5, at + ".jitter", "0 to 0.5", jitter);
        }
    }

    /**
     * The circuit breaker.
     *
     * @param window It opens when half of so many last attempts failed, 2 to 10000.
     * @param open How long it stays open.
     * @param probes Attempts let through after that, 1 to window.
     */
    public record BreakerProperties(
            @DefaultValue("20") int window,
            @DefaultValue("30s") Duration open,
            @DefaultValue("3") int probes) {

        private void validate(String at) {
            Rule.require(window >= 2 && window <= MOST, at + ".window", "2 to " + MOST, window);
            Rule.positive(open, at + ".open");
            Rule.require(probes >= 1 && probes <= window, at + ".probes", "1 to window (" + window + ")", probes);
        }
    }

    /**
     * Calls of one order key.
     *
     * @param stopOn Ends of a call after which the next one waits until a person lets it go on: of rejected, never and
     *     unresolved.
     */
    public record OrderProperties(
            @DefaultValue("unresolved") Set<CallState> stopOn) {}

    void validate(String at, String name) {
        Rule.require(NAME.matcher(name).matches(), at, "named with 1 to 64 characters of a-z 0-9 . -", name);
        validateBase(at + ".base-url");
        Rule.positive(connectTimeout, at + ".connect-timeout");
        Rule.positive(socketTimeout, at + ".socket-timeout");
        Rule.positive(responseTimeout, at + ".response-timeout");
        Rule.positive(poolWait, at + ".pool-wait");
        Rule.require(permits >= 1 && permits <= MOST, at + ".permits", "1 to " + MOST, permits);
        int connections = connections();
        Rule.require(connections >= 1 && connections <= MOST, at + ".max-connections", "1 to " + MOST, connections);
        backoff.validate(at + ".backoff");
        breaker.validate(at + ".breaker");
        Rule.require(rate == null || rate > 0, at + ".rate", "> 0", rate);
        credentials.credentials(at + ".credentials");
        ForeignProperties.refusing(at + ".order.stop-on", () -> Target.of(name).withStopOn(order.stopOn()));
        ForeignProperties.refusing(at, () -> target(name));
        foreign(at).protocol();
    }

    private void validateBase(String at) {
        URI base = baseUrl;
        if (base == null) {
            return; // a group of HTTP interfaces with the target's name may have it
        }
        boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        // a user info would be a password in the message
        boolean bare = base.getRawUserInfo() == null && base.getRawQuery() == null && base.getRawFragment() == null;
        Rule.require(bare, at, "without user info, query and fragment", base.getScheme() + "://…");
        Rule.require(web && base.getHost() != null, at, "http://host or https://host with a path at most", base);
    }

    void requireBaseUrl(String name) {
        if (baseUrl == null) {
            throw new IllegalArgumentException(
                    at(name) + ".base-url is missing: set it to the system's address, as in http://host:8081");
        }
    }

    private int connections() {
        return maxConnections == null ? permits : maxConnections;
    }

    private OfferedProtocol foreign(String at) {
        return new OfferedProtocol(at, capability, keyHeader, codes, key, query, netCancel);
    }

    private static String at(String name) {
        return "nodoubt.targets." + name;
    }

    Target target(String name) {
        return Target.of(name)
                .withCapability(foreign(at(name)).capability())
                .withStopOn(order.stopOn())
                .withBulkhead(new Target.Bulkhead(permits, rate))
                .withBackoff(new Backoff(backoff.first(), backoff.cap(), backoff.jitter()))
                .withBreaker(new Target.Breaker(breaker.window(), breaker.open(), breaker.probes()));
    }

    HttpTarget httpTarget(String name) {
        URI base = baseUrl;
        if (base == null) {
            throw new IllegalStateException("target " + name + " was not validated");
        }
        return HttpTarget.of(name, base)
                .withTimeouts(new HttpTarget.Timeouts(connectTimeout, socketTimeout, responseTimeout, poolWait))
                .withMaxConnections(connections())
                .withCredentials(credentials.credentials(at(name) + ".credentials"))
                .withProtocol(foreign(at(name)).protocol());
    }
}
