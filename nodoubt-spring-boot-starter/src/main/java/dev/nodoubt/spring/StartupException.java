package dev.nodoubt.spring;

import dev.nodoubt.Messages;
import java.util.Locale;

/** The application is wired so that a promise could not be kept: it does not start. */
final class StartupException extends RuntimeException {

    private final String code;
    private final transient Object[] arguments;

    /**
     * A check that failed.
     *
     * @param code of the catalogue, where its problem and its action stand
     * @param arguments names and values, the same in every language
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
        return code + " " + messages.text(code + ".problem", arguments);
    }

    /** What to do by this code of the catalogue. */
    static String action(String code, Messages messages, Object... arguments) {
        return messages.text(code + ".action", arguments);
    }
}
