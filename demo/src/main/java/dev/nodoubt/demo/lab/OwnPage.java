package dev.nodoubt.demo.lab;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * That a request was sent by this server's own page: what the browser says of it, and a token that only the page has. The
 * token is new at each start. Thread-safe.
 */
final class OwnPage {

    static final String TOKEN = "X-Lab-Token";

    private final Set<String> hosts;
    private final String token;

    OwnPage(int port) {
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String token() {
        return token;
    }

    /** A stranger's page could let its own name lead to this machine: then the name is another. */
    boolean isHost(Headers headers) {
        String host = headers.getFirst("Host");
        return host != null && hosts.contains(host);
    }

    boolean sent(Headers headers) {
        String site = headers.getFirst("Sec-Fetch-Site");
        String origin = headers.getFirst("Origin");
        return (site == null || site.equals("same-origin"))
                && (origin == null || hosts.stream().anyMatch(host -> origin.equals("http://" + host)))
                && same(headers.getFirst(TOKEN));
    }

    private boolean same(@Nullable String sent) {
        return sent != null
                && MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
