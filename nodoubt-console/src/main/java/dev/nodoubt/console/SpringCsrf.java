package dev.nodoubt.console;

import dev.nodoubt.console.Page.Forms;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.util.ClassUtils;

/** Spring Security's own token, which its filter wants in every form where the application uses it. */
final class SpringCsrf {

    private static final boolean THERE =
            ClassUtils.isPresent("org.springframework.security.web.csrf.CsrfToken", SpringCsrf.class.getClassLoader());

    private SpringCsrf() {}

    static boolean isThere() {
        return THERE;
    }

    static Forms forms(String own, HttpServletRequest request) {
        Object token = request.getAttribute(CsrfToken.class.getName());
        return token instanceof CsrfToken guard
                ? new Forms(own, guard.getParameterName(), guard.getToken())
                : new Forms(own, null, null);
    }
}
