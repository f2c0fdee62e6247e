package dev.nodoubt.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/**
 * Says to whom a key belongs (a port): keys of two scopes never meet, and nobody sees outcomes of another scope. Declare
 * a bean of this type to replace {@link #PRINCIPAL}. Implementations are thread-safe.
 *
 * <p>Execute, query and fence of one call must give the same scope: a client or tenant id of the authenticated caller,
 * never a token, a session, a header that anybody may set, or the end user of a delegated call.
 */
@FunctionalInterface
public interface GateScope {

    /** The name of the request's principal; {@code anonymous} for all callers without one. */
    GateScope PRINCIPAL = request -> {
        Principal principal = request.getUserPrincipal();
        return principal == null ? "anonymous" : principal.getName();
    };

    /** A stable name of the authenticated caller, 1 to 128 characters. */
    String of(HttpServletRequest request);
}
