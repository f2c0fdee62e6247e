package dev.nodoubt.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
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

    /** Whether a changing request comes from a page of this console. */
    static boolean isOwn(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN_SITE.contains(site)) {
            return false;
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !origin.equals("null") && !isHost(origin, request)) {
            return false;
        }
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        String sent = request.getParameter(FIELD);
        return cookie != null && sent != null && !sent.isEmpty() && same(cookie.getValue(), sent);
    }

    /** By host and port only: behind a proxy that ends TLS the scheme differs. */
    private static boolean isHost(String origin, HttpServletRequest request) {
        String host = request.getHeader("Host");
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
