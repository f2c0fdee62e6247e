package dev.nodoubt.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** The console's words in one language. Immutable. */
final class Texts {

    static final Texts ENGLISH = new Texts(Locale.ENGLISH);
    static final Texts KOREAN = new Texts(Locale.KOREAN);

    private static final Map<String, Texts> ALL = Map.of("en", ENGLISH, "ko", KOREAN);

    private final Locale locale;
    private final Properties words = new Properties();

    private Texts(Locale locale) {
        this.locale = locale;
        String name = "texts_" + locale.getLanguage() + ".properties";
        try (InputStream in = Texts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the console's " + name + " is not on the class path");
            }
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            words.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In this language; in English where the console does not speak it. */
    static Texts of(String language) {
        return ALL.getOrDefault(language, ENGLISH);
    }

    static boolean speaks(String language) {
        return ALL.containsKey(language);
    }

    String language() {
        return locale.getLanguage();
    }

    Set<String> keys() {
        return Collections.unmodifiableSet(new TreeSet<>(words.stringPropertyNames()));
    }

    /**
     * A text with its arguments.
     *
     * @throws IllegalArgumentException when there is none under this key
     */
    String get(String key, Object... arguments) {
        String text = words.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("the console has no text " + key + " in " + locale);
        }
        return new MessageFormat(text, locale).format(arguments);
    }

    /** A whole number with the language's grouping. */
    String number(long value) {
        return String.format(locale, "%,d", value);
    }
}
