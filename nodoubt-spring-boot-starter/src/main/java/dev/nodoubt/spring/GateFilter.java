package dev.nodoubt.spring;

import dev.nodoubt.spring.NodoubtProperties.GateProperties.KeyRule;
import dev.nodoubt.wire.Arrival;
import dev.nodoubt.wire.BodyTooLargeException;
import dev.nodoubt.wire.GateEndpoint;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.Spooling;
import dev.nodoubt.wire.WireResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Runs the rest of the filter chain inside the gate's transaction when it leads to an {@link Idempotent} method or an
 * {@link IdempotentHandler}.
 *
 * <p>The last filter of all, so that whoever reaches it is authenticated and authorised. The body is read before a
 * connection is taken, the reply is buffered, and what goes to the socket is the gate's answer.
 */
final class GateFilter extends HttpFilter {

    static final String NOT_EXECUTED = "not-executed";
    private static final String UNKNOWN = "unknown";
    private static final int LONGEST_SCOPE = 128;

    private final GatedHandlers handlers;
    private final GateEndpoint endpoint;
    private final GateScope scope;
    private final KeyRule key;
    private final Spooling spooling;

    GateFilter(GatedHandlers handlers, GateEndpoint endpoint, GateScope scope, KeyRule key, Spooling spooling) {
        this.handlers = handlers;
        this.endpoint = endpoint;
        this.scope = scope;
        this.key = key;
        this.spooling = spooling;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (GatePassage.of(request) != null) {
            chain.doFilter(request, response); // forwarded by a handler that is inside the gate already
            return;
        }
        Way way = handlers.way(request);
        if (way instanceof Way.Gated gated) {
            if (key == KeyRule.REQUIRED || ServletWire.hasKey(request)) {
                gate(gated.operation(), request, response, chain);
                return;
            }
            GatePassage.open(request);
        }
        if (!(way instanceof Way.Refused) && response.containsHeader(Headers.OUTCOME)) {
            requireUncommitted(response);
            response.setHeader(Headers.OUTCOME, null);
        }
        chain.doFilter(request, response);
    }

    /** Once the request may execute, nothing may have said that it was not. */
    private static void requireUncommitted(HttpServletResponse response) throws ServletException {
        if (response.isCommitted()) {
            throw new ServletException(
                    "a filter began its answer before the request reached its handler, so the request"
                            + " was not executed: let that filter write only what it answers by itself");
        }
    }

    private void gate(
            GatedOperation operation, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try (GatedBody body = GatedBody.read(request, spooling)) {
            GatedChain gated = new GatedChain(operation, body.replayable(), response, chain);
            Arrival arrival = new Arrival(scopeOf(request), ServletWire.head(request), operation.isolation());
            requireUncommitted(response);
            response.setHeader(Headers.OUTCOME, UNKNOWN); // stands if what follows breaks without an answer
            WireResponse answer = endpoint.execute(
                    arrival, settings -> body.fingerprints(arrival.head(), settings), transaction -> gated.run());
            gated.rethrowRefusal(answer);
            ServletWire.write(answer, request, response);
        } catch (BodyTooLargeException e) {
            ServletWire.write(endpoint.tooLarge(e), request, response);
        } catch (UnreadableBodyException e) {
            ServletWire.write(ServletWire.notExecuted(e.status(), e.type(), e.detail()), request, response);
        }
    }

    private String scopeOf(HttpServletRequest request) throws ServletException {
        String caller = scope.of(request);
        if (caller.isEmpty() || caller.length() > LONGEST_SCOPE) {
            throw new ServletException("the gate's scope must have 1 to " + LONGEST_SCOPE + " characters, had "
                    + caller.length() + ": declare a GateScope bean that names the caller's client or tenant");
        }
        return caller;
    }
}
