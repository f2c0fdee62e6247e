package dev.nodoubt.console;

import java.util.Set;

/**
 * The person behind a request. Immutable.
 *
 * @param name as it stands in the audit, 1 to 200 characters
 * @param permissions what the person may do; with none of them the console answers as if it were not there
 */
public record ConsoleUser(String name, Set<Permission> permissions) {

    public ConsoleUser {
        permissions = Set.copyOf(permissions);
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException(
                    "console user: name must have 1 to 200 characters, had " + name.length());
        }
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
