package dev.nodoubt.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * That a form was sent by a page of this console: a token in a cookie that only this site gets back, and again in the form.
 * What the browser says of the sender comes first: a token could be planted from a neighbouring host, that cannot.
 */
final class Csrf {

    static final String FIELD = "nodoubtToken";
    static final String COOKIE = "nodoubt-console-csrf";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    private static final Set<Integer> DEFAULT_PORTS = Set.of(80, 443);

    private Csrf() {}

    /** The browser's token, which is given to it when it has none. */
    static String token(HttpServletRequest request, HttpServletResponse response) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie != null && cookie.getValue().length() == 43) {
            return cookie.getValue();
        }
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        ResponseCookie given = ResponseCookie.from(COOKIE, token)
                .httpOnly(true)
                .sameSite("Strict")
                .secure(request.isSecure())
                .path(request.getContextPath() + "/nodoubt")
                .build();
        response.addHeader("Set-Cookie", given.toString());
        return token;
    }

    /** Why a changing request does not seem to come from a page of this console; empty when it does. */
    static Optional<Refusal> refusal(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN_SITE.contains(site)) {
            return Optional.of(new Refusal(Refusal.Kind.SITE, "same-origin", site));
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !origin.equals("null") && !isHost(origin, request)) {
            return Optional.of(new Refusal(Refusal.Kind.ORIGIN, String.valueOf(request.getHeader("Host")), origin));
        }
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie == null) {
            String path = Pages.base(request);
            return Optional.of(new Refusal(Refusal.Kind.COOKIE, COOKIE + "; Path=" + path, ""));
        }
        String sent = request.getParameter(FIELD);
        boolean own = sent != null && !sent.isEmpty() && same(cookie.getValue(), sent);
        return own ? Optional.empty() : Optional.of(new Refusal(Refusal.Kind.TOKEN, FIELD, ""));
    }

    /**
     * By host and port only: behind a proxy that ends TLS the scheme differs. The host is what was asked for, or, where the
     * application believes a proxy's forwarded headers, what the proxy was asked for: no page can set either.
     */
    private static boolean isHost(String origin, HttpServletRequest request) {
        try {
            String host = URI.create(origin).getAuthority();
            return host != null
                    && (host.equalsIgnoreCase(request.getHeader("Host")) || host.equalsIgnoreCase(served(request)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String served(HttpServletRequest request) {
        int port = request.getServerPort();
        return DEFAULT_PORTS.contains(port) ? request.getServerName() : request.getServerName() + ":" + port;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
