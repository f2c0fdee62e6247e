package dev.nodoubt.spring;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.wire.Headers;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * For calls that a {@code RestClient} or {@code RestTemplate} makes by itself: gives each POST, PUT, PATCH and DELETE its
 * idempotency key, and tells the failures without an answer apart by an {@link UnansweredException}. What is answered, with
 * whichever status, stays as it is; other methods are left alone. Thread-safe; nothing is recorded.
 *
 * <pre>{@code
 * RestClient.builder().requestInterceptor(new IdempotencyKeyInterceptor())
 * }</pre>
 *
 * <p>A repetition needs the first request's key: give it as the request's attribute {@link #KEY}, or as its header.
 * Repetitions by an interceptor before this one have it without that.
 *
 * <p><em>Not sent</em> is said of a failed connect only. A client that follows a redirect of a POST can fail to connect to
 * the second address after the first one did the work: let clients with this interceptor follow none (in Spring Boot {@code
 * spring.http.clients.redirects=dont-follow}). An answer that breaks off is <em>lost</em> where the client notices; {@code
 * HttpURLConnection} takes the rest for the whole.
 */
public final class IdempotencyKeyInterceptor implements ClientHttpRequestInterceptor {

    /** Name of the request attribute that holds an {@link IdempotencyKey} to use. */
    public static final String KEY = IdempotencyKeyInterceptor.class.getName() + ".KEY";

    private static final Set<HttpMethod> SAFE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

    /** Of Apache's and Reactor's clients, which need not be there. */
    private static final Set<String> NOT_CONNECTED =
            Set.of("ConnectTimeoutException", "ConnectionRequestTimeoutException");

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        if (SAFE.contains(request.getMethod())) {
            return execution.execute(request, body);
        }
        IdempotencyKey key = keyOf(request);
        request.getHeaders().set(Headers.IDEMPOTENCY_KEY, Headers.quoted(key));
        String name = name(request);
        ClientHttpResponse response;
        try {
            response = execution.execute(request, body);
        } catch (IOException e) {
            throw isNotConnected(e)
                    ? UnansweredException.notSent(name, key, e)
                    : UnansweredException.lost(name, key, e);
        }
        return new WatchedResponse(response, fault -> UnansweredException.lost(name, key, fault));
    }

    private static IdempotencyKey keyOf(HttpRequest request) {
        if (request.getAttributes().get(KEY) instanceof IdempotencyKey key) {
            return key;
        }
        List<String> given = request.getHeaders().getOrEmpty(Headers.IDEMPOTENCY_KEY);
        return given.isEmpty() ? IdempotencyKey.create(Instant.now()) : IdempotencyKey.of(unquoted(given.get(0)));
    }

    private static String unquoted(String header) {
        boolean quoted = header.length() > 1 && header.startsWith("\"") && header.endsWith("\"");
        return quoted ? header.substring(1, header.length() - 1).replaceAll("\\\\(.)", "$1") : header;
    }

    /** Without query and user info, which may be secrets. */
    private static String name(HttpRequest request) {
        URI uri = request.getURI();
        return request.getMethod() + " " + uri.getScheme() + "://" + uri.getHost() + uri.getRawPath();
    }

    /** Whatever is not certain counts as sent. */
    private static boolean isNotConnected(IOException e) {
        return e instanceof ConnectException
                || e instanceof UnknownHostException
                || e instanceof NoRouteToHostException
                || e instanceof HttpConnectTimeoutException
                || NOT_CONNECTED.contains(e.getClass().getSimpleName())
                // of the JDK's sockets, whose two timeouts are told apart by their message alone
                || (e instanceof SocketTimeoutException && "connect timed out".equalsIgnoreCase(e.getMessage()));
    }
}
