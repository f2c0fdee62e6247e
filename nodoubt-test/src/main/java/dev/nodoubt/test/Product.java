package dev.nodoubt.test;

/** A database server, as far as it must be known in order to end one that somebody else has started. */
enum Product {
    POSTGRES("PostgreSQL", "postmaster.pid", Signal.INT, Signal.QUIT),
    MARIADB("MariaDB", "mariadbd.pid", Signal.TERM, Signal.KILL);

    private final String title;
    private final String pidFile;
    private final Signal orderly;
    private final Signal immediate;

    Product(String title, String pidFile, Signal orderly, Signal immediate) {
        this.title = title;
        this.pidFile = pidFile;
        this.orderly = orderly;
        this.immediate = immediate;
    }

    /** Its name in messages. */
    String title() {
        return title;
    }

    /** The file in its data whose first line is the process id of the server that uses them. */
    String pidFile() {
        return pidFile;
    }

    /** What ends the server: in order, or at once where its data are not wanted any more. */
    Signal end(boolean keptData) {
        return keptData ? orderly : immediate;
    }
}
