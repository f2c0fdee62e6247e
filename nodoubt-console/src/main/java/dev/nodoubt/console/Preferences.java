package dev.nodoubt.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/**
 * What a browser prefers: by its cookies, else by what it says of itself.
 *
 * @param language {@code en} or {@code ko}
 * @param theme {@code light}, {@code dark}, or {@code auto} for the system's
 */
record Preferences(String language, String theme) {

    static final String LANGUAGE = "nodoubt-console-language";
    static final String THEME = "nodoubt-console-theme";
    static final Set<String> THEMES = Set.of("auto", "light", "dark");

    static Preferences of(HttpServletRequest request) {
        String theme = value(request, THEME);
        String language = value(request, LANGUAGE);
        return new Preferences(
                language != null && Texts.speaks(language) ? language : spoken(request),
                theme != null && THEMES.contains(theme) ? theme : "auto");
    }

    private static @Nullable String value(HttpServletRequest request, String cookie) {
        Cookie found = WebUtils.getCookie(request, cookie);
        return found == null ? null : found.getValue();
    }

    private static String spoken(HttpServletRequest request) {
        return Collections.list(request.getLocales()).stream()
                .map(Locale::getLanguage)
                .filter(Texts::speaks)
                .findFirst()
                .orElse("en");
    }
}
