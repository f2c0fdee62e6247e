package dev.nodoubt.console;

import java.util.Locale;

/**
 * Why a form was not accepted, for the person who sent it: most often a proxy changes what the browser says.
 *
 * @param kind what was not as expected
 * @param expected what a page of this console sends
 * @param came what came instead, as the sender wrote it; empty where nothing did
 */
record Refusal(Kind kind, String expected, String came) {

    private static final int SHOWN = 200;

    Refusal {
        came = came.substring(0, Math.min(SHOWN, came.length()));
    }

    enum Kind {
        /** The browser says that a page of another site sent it. */
        SITE,
        /** The browser's page has another host than this application was asked by. */
        ORIGIN,
        /** The cookie that the form's token repeats did not come. */
        COOKIE,
        /** The form's token is not the cookie's. */
        TOKEN;

        /** A text's key after {@code refused.} */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
