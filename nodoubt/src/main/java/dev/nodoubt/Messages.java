package dev.nodoubt;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * What is told to people in more than one language: codes of log lines, start-up checks, details of problems. English and
 * Korean; every other language gets English. Immutable and thread-safe.
 */
public final class Messages {

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.KOREAN);

    private final Locale language;
    private final ResourceBundle texts;

    private Messages(Locale language) {
        this.language = language;
        this.texts = ResourceBundle.getBundle(
                "dev.nodoubt.messages",
                language.equals(Locale.ENGLISH) ? Locale.ROOT : language,
                Messages.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** In the language of this place, as far as there is one. */
    public static Messages in(Locale locale) {
        return new Messages(locale.getLanguage().equals(Locale.KOREAN.getLanguage()) ? Locale.KOREAN : Locale.ENGLISH);
    }

    /**
     * In the language that a request prefers.
     *
     * @param acceptLanguage a header's value (RFC 9110); English when it is absent or malformed
     */
    public static Messages accepted(@Nullable String acceptLanguage) {
        if (acceptLanguage == null) {
            return new Messages(Locale.ENGLISH);
        }
        try {
            Locale preferred = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), LANGUAGES);
            return new Messages(preferred == null ? Locale.ENGLISH : preferred);
        } catch (IllegalArgumentException e) {
            return new Messages(Locale.ENGLISH);
        }
    }

    /** English or Korean. */
    public Locale language() {
        return language;
    }

    /** Whether there is a text of this name. */
    public boolean has(String name) {
        return texts.containsKey(name);
    }

    /**
     * A text.
     *
     * @param arguments for {@code {0}}, {@code {1}} and so on
     * @throws java.util.MissingResourceException when there is none of this name
     */
    public String text(String name, Object... arguments) {
        String text = texts.getString(name);
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf('{'); at >= 0; at = text.indexOf('{', from)) {
            int index = at + 1 < text.length() ? text.charAt(at + 1) - '0' : -1;
            boolean slot = index >= 0 && index < arguments.length && text.startsWith("}", at + 2);
            filled.append(text, from, at).append(slot ? String.valueOf(arguments[index]) : "{");
            from = slot ? at + 3 : at + 1;
        }
        return filled.append(text, from, text.length()).toString();
    }
}
