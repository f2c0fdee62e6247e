package dev.nodoubt.demo;

import java.util.Locale;
import java.util.ResourceBundle;

/** What the demo says, in the person's language. */
final class Texts {

    private final Locale locale;
    private final ResourceBundle bundle;

    Texts(boolean korean) {
        this.locale = korean ? Locale.KOREAN : Locale.ENGLISH;
        this.bundle = ResourceBundle.getBundle(
                "dev.nodoubt.demo.texts",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    Locale locale() {
        return locale;
    }

    /** A text with its places filled as by {@link String#format}. */
    String get(String key, Object... values) {
        return String.format(Locale.ROOT, bundle.getString(key), values);
    }
}
