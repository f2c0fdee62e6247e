package dev.nodoubt.demo.page;

import java.util.Locale;
import java.util.ResourceBundle;

/** What the pages say, in one language, ready to stand in markup. */
final class PageTexts {

    private final ResourceBundle bundle;

    PageTexts(Locale locale) {
        this.bundle = ResourceBundle.getBundle(
                "dev.nodoubt.demo.page.report",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** A text with its places filled as by {@link String#format}, not escaped. */
    String get(String key, Object... values) {
        return String.format(Locale.ROOT, bundle.getString(key), values);
    }

    /** The same, empty if there is no such text. */
    String ifAny(String key) {
        return bundle.containsKey(key) ? get(key) : "";
    }
}
