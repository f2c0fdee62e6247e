package dev.nodoubt.services.mail;

import java.util.ArrayList;
import java.util.List;

/** The command line: the short option {@code --capability} beside Spring Boot's properties. */
final class Arguments {

    private static final String OPTION = "--capability";
    private static final String PROPERTY = "--mail.capability=";

    private Arguments() {}

    /**
     * The same arguments as properties.
     *
     * @throws IllegalArgumentException when the option has no value
     */
    static String[] properties(String... arguments) {
        List<String> properties = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith(OPTION + "=")) {
                properties.add(PROPERTY + arguments[i].substring(OPTION.length() + 1));
            } else if (arguments[i].equals(OPTION)) {
                i++;
                if (i == arguments.length) {
                    throw new IllegalArgumentException(OPTION + " needs a value: nodoubt, flag, log or none");
                }
                properties.add(PROPERTY + arguments[i]);
            } else {
                properties.add(arguments[i]);
            }
        }
        return properties.toArray(String[]::new);
    }
}
