package dev.nodoubt.spring;

import dev.nodoubt.Payload;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.ProblemLanguage;
import dev.nodoubt.wire.RequestHead;
import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;

/** Servlet requests and responses as messages of the wire. */
final class ServletWire {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/";

    private ServletWire() {}

    static boolean hasKey(HttpServletRequest request) {
        return request.getHeader(Headers.IDEMPOTENCY_KEY) != null;
    }

    static boolean isMultipart(HttpServletRequest request) {
        return mediaType(request).startsWith(MULTIPART);
    }

    private static String mediaType(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null ? "" : type.toLowerCase(Locale.ROOT);
    }

    static boolean isForm(HttpServletRequest request) {
        // Of other methods the container reads no form, unless a filter does.
        return request.getMethod().equals("POST") && mediaType(request).startsWith(FORM);
    }

    /** The parameters as a form says them. */
    static String form(HttpServletRequest request) {
        List<String> pairs = new ArrayList<>();
        request.getParameterMap().forEach((name, values) -> {
            for (String value : values) {
                pairs.add(URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return String.join("&", pairs);
    }

    /** @throws IllegalArgumentException when the content type is not visible ASCII */
    static WireRequest request(HttpServletRequest request, byte[] body) {
        String type = request.getContentType();
        RequestHead head = head(request);
        return new WireRequest(head.method(), head.path(), head.headers(), Payload.of(body, type == null ? "" : type));
    }

    static RequestHead head(HttpServletRequest request) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : Collections.list(request.getHeaderNames())) {
            fields.put(name, Collections.list(request.getHeaders(name)));
        }
        fields.remove(HttpHeaders.CONTENT_TYPE);
        fields.remove(HttpHeaders.CONTENT_LENGTH);
        String query = request.getQueryString();
        return new RequestHead(
                request.getMethod(), request.getRequestURI() + (query == null ? "" : "?" + query), Headers.of(fields));
    }

    /** Problems in the language that the request prefers. */
    static void write(WireResponse told, HttpServletRequest request, HttpServletResponse response) throws IOException {
        WireResponse answer =
                ProblemLanguage.of(told, Collections.list(request.getHeaders(HttpHeaders.ACCEPT_LANGUAGE)));
        response.setStatus(answer.status());
        answer.headers().asMap().forEach((name, values) -> {
            response.setHeader(name, values.get(0));
            values.stream().skip(1).forEach(value -> response.addHeader(name, value));
        });
        Payload body = answer.body();
        if (!body.mediaType().isEmpty()) {
            response.setContentType(body.mediaType());
        }
        response.setContentLength(body.size());
        response.getOutputStream().write(body.bytes());
    }

    /**
     * A refusal of this adapter itself.
     *
     * @param type the problem's name; like {@code detail} without characters that JSON would escape
     */
    static WireResponse notExecuted(int status, String type, String detail) {
        String problem = "{\"type\":\"urn:nodoubt:problem:" + type + "\",\"status\":" + status + ",\"detail\":\""
                + detail + "\"}";
        return new WireResponse(
                status,
                Headers.NONE.and(Headers.OUTCOME, GateFilter.NOT_EXECUTED),
                Payload.of(problem.getBytes(StandardCharsets.UTF_8), "application/problem+json"));
    }
}
