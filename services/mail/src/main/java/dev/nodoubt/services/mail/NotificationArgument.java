package dev.nodoubt.services.mail;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the {@link Notification} argument of a controller method from body and header. As it runs before the method is
 * entered, the gate takes a refusal here for one of the attempt, and records nothing.
 */
final class NotificationArgument implements HandlerMethodArgumentResolver {

    static final String TRANSFER_ID = "X-Transfer-Id";

    /** As the gate's: 1 MiB. */
    private static final int MAX_BODY = 1 << 20;

    private final JsonMapper json;

    NotificationArgument(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Notification.class;
    }

    @Override
    public Notification resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders)
            throws IOException {
        return read((HttpServletRequest) web.getNativeRequest());
    }

    /**
     * The notification in this request.
     *
     * @throws InvalidField or {@link BodyTooLarge} or {@link HttpMessageNotReadableException} when there is none
     */
    Notification read(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new BodyTooLarge(MAX_BODY);
        }
        return NotificationBody.read(parse(body, request), transferId(request));
    }

    private JsonNode parse(byte[] body, HttpServletRequest request) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException("no JSON", e, new ServletServerHttpRequest(request));
        }
    }

    private static @Nullable String transferId(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(TRANSFER_ID));
        if (values.size() > 1) {
            throw new InvalidField(TRANSFER_ID, "must be given at most once", values.size() + " times");
        }
        return values.isEmpty() ? null : values.get(0);
    }
}
