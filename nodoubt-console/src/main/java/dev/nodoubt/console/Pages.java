package dev.nodoubt.console;

import dev.nodoubt.console.Page.Forms;
import dev.nodoubt.console.Page.Said;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.View;

/** Makes pages of templates. Thread-safe. */
final class Pages {

    /** The results of actions that an address may name. */
    private static final Pattern RESULT = Pattern.compile("[a-z-]{1,20}\\.[a-z-]{1,20}");

    private final TemplateEngine templates;
    private final Assets assets;
    private final List<Section> sections;
    private final InstantSource clock;

    Pages(Assets assets, List<Section> sections, InstantSource clock) {
        this.templates = TemplateEngine.createPrecompiled(
                null, ContentType.Html, Pages.class.getClassLoader(), Pages.class.getPackageName());
        this.assets = assets;
        this.sections = sections;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** A page of this section, as its template makes it of what it shows. */
    View show(String section, String template, Object shown) {
        return show(HttpStatus.OK, section, template, shown);
    }

    View show(HttpStatus status, String section, String template, Object shown) {
        return (model, request, response) -> {
            Page page = page(request, response, section);
            Utf8ByteOutput html = new Utf8ByteOutput();
            templates.render(template + ".jte", Map.of("page", page, "shown", shown), html);
            response.setStatus(status.value());
            response.setContentType("text/html;charset=UTF-8");
            response.setHeader("Content-Language", page.preferences().language());
            response.setContentLength(html.getContentLength());
            html.writeTo(response.getOutputStream());
        };
    }

    private Page page(HttpServletRequest request, HttpServletResponse response, String section) {
        Preferences preferences = Preferences.of(request);
        Texts texts = Texts.of(preferences.language());
        ConsoleUser user = (ConsoleUser) request.getAttribute(ConsoleDoor.USER);
        Links links = new Links(base(request), section, here(request, section), assets);
        Show show = new Show(texts, now());
        return new Page(show, preferences, user, forms(request, response), links, sections, said(request, texts));
    }

    static String base(HttpServletRequest request) {
        return request.getContextPath() + "/nodoubt";
    }

    /** The answer to a form has no address of its own to come back to. */
    private static String here(HttpServletRequest request, String section) {
        if (!request.getMethod().equals("GET")) {
            return section.isEmpty() ? "" : "/" + section;
        }
        String path = request.getRequestURI().substring(base(request).length());
        String query = request.getQueryString();
        return query == null ? path : path + "?" + query;
    }

    private static Forms forms(HttpServletRequest request, HttpServletResponse response) {
        String token = Csrf.token(request, response);
        return SpringCsrf.isThere() ? SpringCsrf.forms(token, request) : new Forms(token, null, null);
    }

    private static @Nullable Said said(HttpServletRequest request, Texts texts) {
        String result = request.getParameter("said");
        if (result == null || !RESULT.matcher(result).matches()) {
            return null;
        }
        String key = "said." + result;
        if (!texts.keys().contains(key)) {
            return null;
        }
        String count = request.getParameter("n");
        long n = count != null && count.matches("\\d{1,6}") ? Long.parseLong(count) : 0;
        return new Said(texts.get(key, n), result.endsWith(".done"));
    }
}
