package dev.nodoubt.demo.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends single requests into a network, as a person at a terminal would. */
public final class ByHand {

    private static final Pattern KEY = Pattern.compile("(?im)^Idempotency-Key:[ \\t]*([^\\r\\n]+)");

    private ByHand() {}

    /**
     * An answer, as far as it tells what became of a request.
     *
     * @param status of HTTP
     * @param outcome its {@code Nodoubt-Outcome}; empty where the receiver has no gate
     */
    public record Said(String status, Optional<String> outcome) {

        static Said of(HttpMessage answer) {
            return new Said(answer.status(), answer.header("Nodoubt-Outcome"));
        }

        /** Such as {@code 202 executed}. */
        public String words() {
            return outcome.map(word -> status + " " + word).orElse(status);
        }
    }

    /** The header's value of a request as it stood on the wire; empty where it has no key. */
    public static Optional<String> key(String request) {
        Matcher matcher = KEY.matcher(request);
        return matcher.find() ? Optional.of(matcher.group(1).trim()) : Optional.empty();
    }

    /** A request for what is known of a key. */
    public static String outcome(String key) {
        return "GET /nodoubt/outcome HTTP/1.1\r\nHost: receiver\r\nIdempotency-Key: " + key + "\r\n\r\n";
    }

    /** A request that a key may never be executed. */
    public static String fence(String key) {
        return "POST /nodoubt/fence HTTP/1.1\r\nHost: receiver\r\nIdempotency-Key: " + key
                + "\r\nContent-Length: 0\r\n\r\n";
    }

    /**
     * Sends one and waits for its answer.
     *
     * @param port of the network on this machine
     * @param request as it stands on the wire, a character for each byte
     * @param patience how long to wait for each piece of the answer
     * @param from is told the port from which it comes, before it is sent
     * @throws IOException if there was none
     */
    public static Said send(int port, String request, Duration patience, IntConsumer from) throws IOException {
        try (Socket socket = new Socket()) {
            int millis = Math.toIntExact(patience.toMillis());
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            from.accept(socket.getLocalPort());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return Said.of(HttpMessage.response(socket.getInputStream()));
        }
    }
}
