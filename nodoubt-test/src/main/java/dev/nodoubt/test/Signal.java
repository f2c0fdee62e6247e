package dev.nodoubt.test;

import java.util.List;

/**
 * Signals, most of which {@link ProcessHandle} does not offer. They are sent by the shell's built-in command: the program
 * {@code kill} is missing in slim images.
 */
enum Signal {
    INT,
    TERM,
    QUIT,
    KILL,
    STOP,
    CONT;

    /** Whether the signal was delivered; false when there is no such process or no such right. */
    boolean send(long pid) {
        return new Command(List.of("sh", "-c", "kill -" + name() + " \"$1\"", "sh", Long.toString(pid)))
                .run()
                .succeeded();
    }
}
