package dev.nodoubt.spring;

import dev.nodoubt.wire.Headers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Stands before every other filter, authentication included, and marks what they answer by themselves: a request with a
 * key on its way to a gated method is not executed until it meets {@link GateFilter}, which takes the mark away.
 */
final class GateMarkFilter extends HttpFilter {

    private final GatedHandlers handlers;

    GateMarkFilter(GatedHandlers handlers) {
        this.handlers = handlers;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (ServletWire.hasKey(request) && !(handlers.way(request) instanceof Way.Open)) {
            response.setHeader(Headers.OUTCOME, GateFilter.NOT_EXECUTED);
        }
        chain.doFilter(request, response);
    }
}
