package dev.nodoubt.spring;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.wire.Headers;
import java.io.IOException;
import java.net.URI;
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
 * <p><em>Not sent</em> is said of a failed connect only, so it is certain of clients that connect once for a request: that
 * follow no redirect of a POST (in Spring Boot {@code spring.http.clients.redirects=dont-follow}) and send nothing again by
 * themselves ({@code HttpURLConnection} does, unless the system property {@code sun.net.http.retryPost} is false). An answer
 * that breaks off is <em>lost</em> where the client notices; {@code HttpURLConnection} takes the rest for the whole.
 */
public final class IdempotencyKeyInterceptor implements ClientHttpRequestInterceptor {

    /** Name of the request attribute that holds an {@link IdempotencyKey} to use. */
    public static final String KEY = IdempotencyKeyInterceptor.class.getName() + ".KEY";

    private static final Set<HttpMethod> SAFE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

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
            throw UnansweredException.of(name, key, e);
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
}
