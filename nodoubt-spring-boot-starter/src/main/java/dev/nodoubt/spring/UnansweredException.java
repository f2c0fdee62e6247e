package dev.nodoubt.spring;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that {@link IdempotencyKeyInterceptor} gave its key brought no usable answer. {@link #result} says whether it
 * was <em>not sent</em>, so that nothing happened, or <em>lost</em>, so that nobody knows: then repeat it under the same
 * {@link #key}, or ask for its outcome. A failure without this exception among its causes was <em>answered</em>.
 */
public final class UnansweredException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Of Apache's and Reactor's clients, which need not be there. */
    private static final Set<String> NOT_CONNECTED =
            Set.of("ConnectTimeoutException", "ConnectionRequestTimeoutException");

    private final transient IdempotencyKey key;
    private final transient AttemptResult result;

    private UnansweredException(String message, IdempotencyKey key, AttemptResult result, IOException cause) {
        super(message, cause);
        this.key = key;
        this.result = result;
    }

    /**
     * What a client's fault means: <em>not sent</em> where there was certainly no connection, else <em>lost</em>. For
     * clients that are none of Spring's.
     *
     * @param request names it in the message, without anything secret: {@code POST http://mail/api/mails}
     * @param fault as the client threw it
     */
    public static UnansweredException of(String request, IdempotencyKey key, IOException fault) {
        return isNotConnected(fault) ? notSent(request, key, fault) : lost(request, key, fault);
    }

    private static boolean isNotConnected(IOException fault) {
        return fault instanceof ConnectException
                || fault instanceof UnknownHostException
                || fault instanceof NoRouteToHostException
                || fault instanceof HttpConnectTimeoutException
                || NOT_CONNECTED.contains(fault.getClass().getSimpleName())
                // of the JDK's sockets, whose two timeouts are told apart by their message alone
                || (fault instanceof SocketTimeoutException
                        && "connect timed out".equalsIgnoreCase(fault.getMessage()));
    }

    private static UnansweredException notSent(String request, IdempotencyKey key, IOException cause) {
        String message = request + " with key " + key + " was not sent: " + cause;
        return new UnansweredException(message, key, new AttemptResult.NotSent(String.valueOf(cause)), cause);
    }

    static UnansweredException lost(String request, IdempotencyKey key, IOException cause) {
        String message = request + " with key " + key + " is in doubt, no usable answer came: " + cause
                + "; repeat it under the same key, or ask for its outcome";
        return new UnansweredException(message, key, new AttemptResult.Lost(String.valueOf(cause)), cause);
    }

    /** The one among a failure's causes, as a {@code RestClient} wraps it; empty when the request was answered. */
    public static Optional<UnansweredException> in(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnansweredException unanswered) {
                return Optional.of(unanswered);
            }
        }
        return Optional.empty();
    }

    /** Under which the request was sent, and may be sent again. */
    public IdempotencyKey key() {
        return key;
    }

    /** An {@link AttemptResult.NotSent} or an {@link AttemptResult.Lost}. */
    public AttemptResult result() {
        return result;
    }

    /**
     * Whether no byte of the request left, so that it may be given up without doubt. That is certain only of a client that
     * sends a request once: one that sends again by itself, as Apache's and OkHttp do by default, may have sent it before
     * the connection that failed.
     */
    public boolean isNotSent() {
        return result instanceof AttemptResult.NotSent;
    }
}
