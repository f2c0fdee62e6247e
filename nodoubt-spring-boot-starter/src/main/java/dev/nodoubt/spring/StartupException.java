package dev.nodoubt.spring;

import dev.nodoubt.Messages;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The application is wired so that a promise could not be kept: it does not start. */
final class StartupException extends RuntimeException {

    private final String code;
    private final transient Object[] arguments;

    /**
     * An argument that is itself a text of the catalogue.
     *
     * @param name of the text
     * @param arguments names and values, the same in every language
     */
    record Text(String name, List<Object> arguments) {}

    /**
     * A check that failed.
     *
     * @param code of the catalogue, where its problem and its action stand
     * @param arguments names and values, the same in every language, or a {@link Text}
     */
    StartupException(String code, Object... arguments) {
        super(problem(code, Messages.in(Locale.ENGLISH), arguments) + " "
                + action(code, Messages.in(Locale.ENGLISH), arguments));
        this.code = code;
        this.arguments = arguments.clone();
    }

    /** What is wrong, for a person, with its code. */
    String problem(Messages messages) {
        return problem(code, messages, arguments);
    }

    /** What to do, for a person. */
    String action(Messages messages) {
        return action(code, messages, arguments);
    }

    /** What is wrong by this code of the catalogue. */
    static String problem(String code, Messages messages, Object... arguments) {
        return code + " " + text(code + ".problem", messages, arguments);
    }

    /** What to do by this code of the catalogue. */
    static String action(String code, Messages messages, Object... arguments) {
        return text(code + ".action", messages, arguments);
    }

    private static String text(String name, Messages messages, Object... arguments) {
        return messages.text(
                name,
                Arrays.stream(arguments)
                        .map(argument -> argument instanceof Text text
                                ? messages.text(text.name, text.arguments.toArray())
                                : argument)
                        .toArray());
    }
}
