package dev.nodoubt.http;

import dev.nodoubt.wire.CallerProtocol;
import dev.nodoubt.wire.CallerWire;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Where a called system is and how it is reached. Immutable.
 *
 * @param name configured name, as in a request: 1 to 64 characters of {@code a-z 0-9 . -}
 * @param base {@code http} or {@code https} address with an optional path prefix; no user info, query or fragment
 * @param timeouts how long each part of an attempt may take
 * @param maxConnections the most connections at once, each with one exchange at a time, 1 to 10,000; 16 by default
 * @param maxBody the longest answer body in bytes, 1 to 1 GiB; 1 MiB by default; a longer one is a lost answer
 * @param access how one gets in
 * @param protocol how it is spoken to; nodoubt's own protocol by default
 */
public record HttpTarget(
        String name,
        URI base,
        Timeouts timeouts,
        int maxConnections,
        int maxBody,
        Access access,
        CallerProtocol protocol) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
    private static final int LONGEST_BODY = 1 << 30;

    public HttpTarget {
        require(NAME.matcher(name).matches(), name, "name", "1 to 64 characters of a-z 0-9 . -", name);
        boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        require(http && base.getHost() != null, name, "base", "http://host or https://host with a path at most", base);
        require(
                base.getRawUserInfo() == null && base.getRawQuery() == null && base.getRawFragment() == null,
                name,
                "base",
                "without user info, query and fragment (credentials have a port of their own)",
                base.getScheme() + "://…");
        require(base.getPort() != 0 && base.getPort() <= 65_535, name, "base", "of port 1 to 65535", base);
        require(maxConnections >= 1 && maxConnections <= 10_000, name, "maxConnections", "1 to 10000", maxConnections);
        require(maxBody >= 1 && maxBody <= LONGEST_BODY, name, "maxBody", "1 to " + LONGEST_BODY + " bytes", maxBody);
    }

    private static void require(boolean holds, String target, String property, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "target " + target + ": " + property + " must be " + rule + ", was " + value);
        }
    }

    /** A nodoubt receiver with every default. */
    public static HttpTarget of(String name, URI base) {
        return new HttpTarget(name, base, Timeouts.DEFAULT, 16, 1 << 20, Access.OPEN, CallerWire.NODOUBT);
    }

    public HttpTarget withTimeouts(Timeouts newTimeouts) {
        return new HttpTarget(name, base, newTimeouts, maxConnections, maxBody, access, protocol);
    }

    public HttpTarget withMaxConnections(int newMaxConnections) {
        return new HttpTarget(name, base, timeouts, newMaxConnections, maxBody, access, protocol);
    }

    public HttpTarget withMaxBody(int newMaxBody) {
        return new HttpTarget(name, base, timeouts, maxConnections, newMaxBody, access, protocol);
    }

    public HttpTarget withTls(Tls newTls) {
        return with(new Access(newTls, access.credentials));
    }

    public HttpTarget withCredentials(Credentials newCredentials) {
        return with(new Access(access.tls, newCredentials));
    }

    private HttpTarget with(Access newAccess) {
        return new HttpTarget(name, base, timeouts, maxConnections, maxBody, newAccess, protocol);
    }

    public HttpTarget withProtocol(CallerProtocol newProtocol) {
        return new HttpTarget(name, base, timeouts, maxConnections, maxBody, access, newProtocol);
    }

    public Tls tls() {
        return access.tls;
    }

    public Credentials credentials() {
        return access.credentials;
    }

    /**
     * How one gets in.
     *
     * @param tls whom to trust and how to identify oneself; ignored for {@code http}
     * @param credentials asked at each attempt
     */
    public record Access(Tls tls, Credentials credentials) {

        /** The system's defaults of TLS, no credentials. */
        public static final Access OPEN = new Access(Tls.SYSTEM, Credentials.NONE);
    }

    boolean isTls() {
        return "https".equals(base.getScheme());
    }

    /**
     * How long each part of an attempt may take. Every value is 1 ms to 1 hour.
     *
     * @param connect name resolution, TCP connect and TLS handshake together; 1 s by default, usually 1 to 5 s
     * @param socket no byte in either direction for so long; 3 s by default
     * @param response from sending to the last byte of the answer, however it drips; 3 s by default, usually 1 to 3 s
     * @param poolWait waiting for a free connection when all are in use; 200 ms by default
     */
    public record Timeouts(Duration connect, Duration socket, Duration response, Duration poolWait) {

        private static final Duration SHORTEST = Duration.ofMillis(1);
        private static final Duration LONGEST = Duration.ofHours(1);

        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofMillis(200));

        public Timeouts {
            require("connect", connect);
            require("socket", socket);
            require("response", response);
            require("poolWait", poolWait);
        }

        private static void require(String property, Duration value) {
            if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("timeouts: " + property + " must be > 0 (at least " + SHORTEST
                        + ") and at most " + LONGEST + ", was " + value);
            }
        }

        Duration untilSent() {
            return poolWait.plus(connect);
        }

        Duration longest() {
            return untilSent().plus(response);
        }
    }
}
