package dev.nodoubt.console;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Keeps language and theme in the browser. */
@Controller
final class PreferencesController {

    /** Only back to a page of the console. */
    private static final Pattern PLACE = Pattern.compile("(?:/[A-Za-z0-9._~%-]+)*(?:\\?[A-Za-z0-9._~%+=&:*-]*)?");

    @PostMapping("/nodoubt/preferences")
    ResponseEntity<Void> prefer(
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "") String theme,
            @RequestParam(defaultValue = "") String back,
            HttpServletRequest request) {
        String base = Pages.base(request);
        HttpHeaders headers = new HttpHeaders();
        headers.setLocation(URI.create(base + (PLACE.matcher(back).matches() ? back : "")));
        if (Texts.speaks(language)) {
            headers.add(HttpHeaders.SET_COOKIE, cookie(Preferences.LANGUAGE, language, base, request));
        }
        if (Preferences.THEMES.contains(theme)) {
            headers.add(HttpHeaders.SET_COOKIE, cookie(Preferences.THEME, theme, base, request));
        }
        return new ResponseEntity<>(headers, HttpStatus.SEE_OTHER);
    }

    private static String cookie(String name, String value, String base, HttpServletRequest request) {
        return ResponseCookie.from(name, value)
                .path(base)
                .maxAge(Duration.ofDays(365))
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .build()
                .toString();
    }
}
