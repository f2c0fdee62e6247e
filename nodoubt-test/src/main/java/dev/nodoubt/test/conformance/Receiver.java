package dev.nodoubt.test.conformance;

import java.net.URI;

/**
 * Where a receiver is. Over plain HTTP: the suite speaks TCP, so that it can send what no client would.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param path path of the gated operation, from {@code /} on
 * @param outcome path of the outcome query; {@link #OUTCOME} by the protocol
 * @param fence path of the fence; {@link #FENCE} by the protocol
 */
public record Receiver(String host, int port, String path, String outcome, String fence) {

    /** Where the protocol has the outcome query. */
    public static final String OUTCOME = "/nodoubt/outcome";

    /** Where the protocol has the fence. */
    public static final String FENCE = "/nodoubt/fence";

    private static final int HTTP_PORT = 80;

    public Receiver {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("receiver: port must be 1 to 65535, was " + port);
        }
        requirePath("path", path);
        requirePath("outcome", outcome);
        requirePath("fence", fence);
    }

    /**
     * A receiver by the address of its gated operation, with query and fence where the protocol has them.
     *
     * @param operation such as {@code http://127.0.0.1:8080/orders}
     * @throws IllegalArgumentException when it is no address of plain HTTP
     */
    public static Receiver at(URI operation) {
        if (!"http".equalsIgnoreCase(operation.getScheme()) || operation.getHost() == null) {
            throw new IllegalArgumentException(
                    "receiver: the address must be http://host:port/path without TLS, was " + operation);
        }
        int port = operation.getPort() < 0 ? HTTP_PORT : operation.getPort();
        String path = operation.getRawPath().isEmpty() ? "/" : operation.getRawPath();
        return new Receiver(operation.getHost(), port, path, OUTCOME, FENCE);
    }

    /** The same receiver with query and fence elsewhere. */
    public Receiver asking(String outcomePath, String fencePath) {
        return new Receiver(host, port, path, outcomePath, fencePath);
    }

    String authority() {
        return host + ":" + port;
    }

    private static void requirePath(String name, String value) {
        if (!value.startsWith("/") || value.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '?' || c == '#')) {
            throw new IllegalArgumentException(
                    "receiver: " + name + " must be a path from / on, of visible ASCII, was \"" + value + "\"");
        }
    }
}
