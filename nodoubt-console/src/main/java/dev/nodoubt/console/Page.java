package dev.nodoubt.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page needs beside what it shows.
 *
 * @param show values in the browser's language
 * @param preferences of the browser
 * @param user who looks
 * @param forms what makes a form one of this console
 * @param links the console's addresses
 * @param sections of this application, for the navigation
 * @param said what became of the action that led here, in words; null where none did
 */
record Page(
        Show show,
        Preferences preferences,
        ConsoleUser user,
        Forms forms,
        Links links,
        List<Section> sections,
        @Nullable Said said) {

    String text(String key, Object... arguments) {
        return show.texts().get(key, arguments);
    }

    boolean has(Section section) {
        return sections.contains(section);
    }

    boolean may(Permission permission) {
        return user.may(permission);
    }

    /**
     * The hidden fields of a form.
     *
     * @param token this console's own
     * @param guardField name of Spring Security's field; null where it guards nothing
     * @param guardToken its value
     */
    record Forms(
            String token,
            @Nullable String guardField,
            @Nullable String guardToken) {}

    /**
     * What became of an action.
     *
     * @param text for the person
     * @param good whether it was done
     */
    record Said(String text, boolean good) {}
}
