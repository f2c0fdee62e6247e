package dev.nodoubt.test;

import java.util.Locale;

/** The machine under this JVM, in the words of those who publish binaries for it. */
final class Machine {

    private Machine() {}

    /** linux, darwin or windows; what is none of the three is taken for the first. */
    static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : "linux";
    }

    /** x86_64 or arm_64. */
    static String architecture() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return name.equals("aarch64") || name.equals("arm64") ? "arm_64" : "x86_64";
    }

    static boolean windows() {
        return system().equals("windows");
    }

    /**
     * This process's user, as a number; -1 where users have none. The JDK's own UnixSystem says 0, which is root, of a
     * user without an entry in passwd, such as a container's.
     */
    static long uid() {
        return windows()
                ? -1
                : Long.parseLong(Command.of("id", "-u").run().output().strip());
    }
}
