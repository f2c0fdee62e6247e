package dev.nodoubt.http;

import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Faults in one line for a person. Never what the other side sent. */
final class Reasons {

    private static final int LONGEST = 160;

    private Reasons() {}

    /** Why there is no connection. */
    static String notConnected(HttpTarget target, Throwable fault) {
        Duration connect = target.timeouts().connect();
        if (fault instanceof UnknownHostException) {
            return "name " + target.base().getHost() + " not resolved";
        }
        if (isNamed(fault, "ConnectTimeoutException")) {
            return notConnectedIn(connect);
        }
        if (fault instanceof ConnectException) {
            return "connection refused";
        }
        if (target.isTls() && fault instanceof IOException) {
            return "TLS handshake failed: " + described(fault);
        }
        return "no connection: " + described(fault);
    }

    static String notConnectedIn(Duration connect) {
        return "no connection within " + connect.toMillis() + " ms";
    }

    /** Why there is no usable answer. */
    static String noAnswer(Throwable fault) {
        if (fault instanceof HttpClosedException || isNamed(fault, "PrematureChannelClosureException")) {
            return "connection closed before the answer was complete";
        }
        if (fault instanceof SSLException) {
            return "TLS failed after the request was sent: " + described(fault);
        }
        if (fault instanceof IOException) {
            return "connection broken before the answer was complete: " + described(fault);
        }
        // Decoder faults quote the bytes that they stumbled over: only their name is safe to show.
        return "answer is not usable HTTP (" + fault.getClass().getSimpleName() + ")";
    }

    /** For faults of the library below the client, on which this module does not depend. */
    private static boolean isNamed(Throwable fault, String simpleName) {
        return fault.getClass().getSimpleName().equals(simpleName);
    }

    static String described(Throwable fault) {
        String message = oneLine(fault.getMessage());
        return message.isEmpty() ? fault.getClass().getSimpleName() : message;
    }

    private static String oneLine(@Nullable String message) {
        String line = message == null ? "" : message.replaceAll("[^ -~]+", " ").trim();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
