package dev.nodoubt.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Who may do what in the console. A bean of this type replaces the rules of {@code nodoubt.console.access}. Asked once for
 * every request, behind the application's own security chain; called by many threads.
 */
@FunctionalInterface
public interface ConsoleAccess {

    /** The person behind this request; empty when the console is not for it, which is answered with 403. */
    Optional<ConsoleUser> user(HttpServletRequest request);
}
