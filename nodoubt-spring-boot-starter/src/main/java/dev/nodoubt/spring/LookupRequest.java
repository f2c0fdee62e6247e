package dev.nodoubt.spring;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the attributes that a look-up leaves behind away from the request itself, and its body for the handler: a route is
 * found before the gate has read it.
 */
final class LookupRequest extends HttpServletRequestWrapper {

    private final Map<String, @Nullable Object> own = new HashMap<>();

    LookupRequest(HttpServletRequest request) {
        super(request);
    }

    /** Which the gate cannot serve. */
    static final class BodyReadException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        BodyReadException() {
            super("a route's condition read the body of a request, which the gate needs whole: let routes be found by"
                    + " method, path, headers and parameters");
        }
    }

    @Override
    public ServletInputStream getInputStream() {
        throw new BodyReadException();
    }

    @Override
    public BufferedReader getReader() {
        throw new BodyReadException();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return own.containsKey(name) ? own.get(name) : super.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        own.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        own.put(name, null);
    }
}
