package dev.nodoubt.demo.page;

import java.util.Map;

/** Text into HTML and SVG. */
public final class Markup {

    private Markup() {}

    /** A text from anywhere as element content or attribute value, in HTML and XML alike. */
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isXml(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    /**
     * Fills each <code>{place}</code> of a frame, in one pass, so that a value that looks like a place is not filled again.
     *
     * @param values markup, by place
     */
    public static String fill(String frame, Map<String, String> values) {
        StringBuilder page = new StringBuilder();
        int from = 0;
        for (int open = frame.indexOf('{'); open >= 0; open = frame.indexOf('{', from)) {
            int close = frame.indexOf('}', open);
            page.append(frame, from, open).append(values.get(frame.substring(open + 1, close)));
            from = close + 1;
        }
        return page.append(frame.substring(from)).toString();
    }

    /** What XML cannot hold in any notation is shown as the replacement character. */
    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c > 0xFFFF;
    }
}
