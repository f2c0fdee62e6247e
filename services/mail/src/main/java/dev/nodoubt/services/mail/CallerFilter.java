package dev.nodoubt.services.mail;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets configured callers in, each by its bearer token (RFC 6750), and makes the caller's name the request's principal: the
 * scope of its keys and of its notifications. A wrong token is refused even where anonymous requests are let in, so that a
 * caller with a mistyped token does not work under another scope. Stands behind the gate's mark and before the gate.
 */
final class CallerFilter extends HttpFilter {

    private static final String SCHEME = "Bearer ";
    private static final String HEALTH = "/actuator/health";

    private final transient Callers callers;
    private final transient JsonMapper json;

    CallerFilter(Callers callers, JsonMapper json) {
        this.callers = callers;
        this.json = json;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        List<String> credentials = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (credentials.isEmpty()) {
            if (callers.anonymous() || request.getRequestURI().equals(HEALTH)) {
                chain.doFilter(request, response);
            } else {
                refuse(response, "Bearer realm=\"mail\"", "this service asks for a bearer token in Authorization");
            }
            return;
        }
        Optional<String> caller = credentials.size() == 1 ? caller(credentials.get(0)) : Optional.empty();
        if (caller.isPresent()) {
            chain.doFilter(new Known(request, caller.get()), response);
        } else {
            refuse(
                    response,
                    "Bearer realm=\"mail\", error=\"invalid_token\"",
                    "Authorization holds no bearer token of a caller that this service knows");
        }
    }

    private Optional<String> caller(String credentials) {
        return credentials.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? callers.withToken(credentials.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private void refuse(HttpServletResponse response, String challenge, String detail) throws IOException {
        ProblemDetail problem = Problems.problem(HttpStatus.UNAUTHORIZED, "unauthenticated", detail);
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }

    /** A request whose caller is known. */
    private static final class Known extends HttpServletRequestWrapper {

        private final Principal caller;

        Known(HttpServletRequest request, String name) {
            super(request);
            this.caller = new Caller(name);
        }

        @Override
        public Principal getUserPrincipal() {
            return caller;
        }

        @Override
        public String getRemoteUser() {
            return caller.getName();
        }
    }

    private record Caller(String name) implements Principal {

        @Override
        public String getName() {
            return name;
        }
    }
}
