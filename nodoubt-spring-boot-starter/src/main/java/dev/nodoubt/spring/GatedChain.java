package dev.nodoubt.spring;

import dev.nodoubt.Reply;
import dev.nodoubt.gate.NotExecutedException;
import dev.nodoubt.gate.RejectedException;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.WireResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The handler of one gated request: the rest of the filter chain, on a body that was read and a reply in memory. */
final class GatedChain {

    /** By name, because Spring Security need not be there. */
    private static final Set<String> SECURITY_REFUSALS = Set.of(
            "org.springframework.security.access.AccessDeniedException",
            "org.springframework.security.core.AuthenticationException");

    private final GatedOperation operation;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final FilterChain chain;
    private @Nullable Exception thrown;

    GatedChain(GatedOperation operation, HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
        this.operation = operation;
        this.request = request;
        this.response = response;
        this.chain = chain;
    }

    Reply run() throws Exception {
        BufferedResponse reply = new BufferedResponse(response);
        GatePassage passage = GatePassage.gate(request);
        try {
            chain.doFilter(request, reply);
        } catch (Exception e) {
            thrown = e;
            requireDecided(passage);
            throw e;
        }
        requireDecided(passage);
        if (!passage.handlerEntered()) {
            throw new NotExecutedException(reply.reply());
        }
        if (operation.rejections().declare(reply.getStatus(), passage.thrown())) {
            throw new RejectedException(reply.reply());
        }
        Throwable failure = passage.thrown();
        if (failure != null && reply.getStatus() < HttpServletResponse.SC_BAD_REQUEST) {
            // An exception handler made a success of it: what the handler had done by then must not commit.
            throw new IllegalStateException("the handler failed and its exception was answered as a success", failure);
        }
        return reply.reply();
    }

    /** What the handler itself said stands, whatever exception handlers around it made of that. */
    private static void requireDecided(GatePassage passage) throws NotExecutedException {
        if (passage.unsupported()) {
            String detail = "this operation replies after it returned, which cannot be gated; nothing was executed";
            throw new NotExecutedException(Reply.of(
                    501, ServletWire.notExecuted(501, "not-supported", detail).body()));
        }
        if (passage.thrown() instanceof RejectedException rejection) {
            throw rejection;
        }
    }

    /**
     * Throws what a security annotation inside the chain threw, so that the security filters outside answer it as they
     * answer their own refusals.
     */
    void rethrowRefusal(WireResponse answer) throws IOException, ServletException {
        Exception refusal = thrown;
        boolean notExecuted = answer.headers().all(Headers.OUTCOME).contains(GateFilter.NOT_EXECUTED);
        if (refusal == null || !notExecuted || !isSecurityRefusal(refusal)) {
            return;
        }
        response.setHeader(Headers.OUTCOME, GateFilter.NOT_EXECUTED);
        if (refusal instanceof IOException io) {
            throw io;
        }
        if (refusal instanceof ServletException servlet) {
            throw servlet;
        }
        throw (RuntimeException) refusal; // a filter chain throws nothing else
    }

    private static boolean isSecurityRefusal(Throwable refusal) {
        Throwable cause =
                refusal instanceof ServletException && refusal.getCause() != null ? refusal.getCause() : refusal;
        for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
            if (SECURITY_REFUSALS.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }
}
