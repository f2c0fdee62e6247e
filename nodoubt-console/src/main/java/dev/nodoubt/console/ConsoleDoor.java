package dev.nodoubt.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** In front of every page of the console, and of nothing else: who comes in, and what a browser may do with an answer. */
final class ConsoleDoor implements HandlerInterceptor {

    static final String USER = "dev.nodoubt.console.user";

    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");

    private final ConsoleAccess access;
    private final Pages pages;

    ConsoleDoor(ConsoleAccess access, Pages pages) {
        this.access = access;
        this.pages = pages;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getPackage().equals(getClass().getPackage())) {
            return true;
        }
        secure(response);
        Optional<ConsoleUser> user = access.user(request).filter(one -> one.may(Permission.VIEW));
        if (user.isEmpty()) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return false;
        }
        request.setAttribute(USER, user.get());
        Optional<Refusal> refusal = request.getMethod().equals("POST") ? Csrf.refusal(request) : Optional.empty();
        if (refusal.isPresent()) {
            pages.show(HttpStatus.FORBIDDEN, section(request), "refused", refusal.get())
                    .render(Map.of(), request, response);
        }
        return refusal.isEmpty();
    }

    /** Where the form stood: the first part of its address. */
    private static String section(HttpServletRequest request) {
        String[] parts =
                request.getRequestURI().substring(Pages.base(request).length()).split("/", -1);
        return parts.length > 1 && Section.isPath(parts[1]) ? parts[1] : "";
    }

    private static void secure(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }
}
