package dev.nodoubt.spring;

import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BiFunction;
import org.springframework.web.HttpRequestHandler;

/** One of {@code /nodoubt/outcome} and {@code /nodoubt/fence}: asks the gate about a key, in the caller's scope. */
final class GateQueryHandler implements HttpRequestHandler {

    private static final int LONGEST_ORDER = 64 * 1024;

    private final String method;
    private final GateScope scope;
    private final BiFunction<String, WireRequest, WireResponse> question;

    GateQueryHandler(String method, GateScope scope, BiFunction<String, WireRequest, WireResponse> question) {
        this.method = method;
        this.scope = scope;
        this.question = question;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals(method)) {
            response.setHeader("Allow", method);
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(LONGEST_ORDER + 1);
        if (body.length > LONGEST_ORDER) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        ServletWire.write(question.apply(scope.of(request), ServletWire.request(request, body)), request, response);
    }
}
