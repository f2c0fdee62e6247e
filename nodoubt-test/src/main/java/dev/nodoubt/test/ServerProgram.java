package dev.nodoubt.test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The program of a server, as it lies unpacked on disk: makes data, and is started on them. */
interface ServerProgram {

    Product product();

    /** What lies in every directory that holds its data, and in no other. */
    String mark();

    /** What its log says of a port that somebody has. */
    String portTaken();

    /** What its log says of that which the server of a moment ago leaves behind: a zombie, sessions that still end. */
    List<String> passing();

    /** The user as whom it can run on these data, which belong to that user afterwards. */
    ServerAccount account(Path data);

    /**
     * Makes the data of a new server.
     *
     * @param data an empty directory
     * @param password a file with the superuser's password, which only the account can read
     * @param kept whether the data must survive a power cut from the beginning
     */
    void initialise(ServerAccount account, Path data, Path password, boolean kept) throws IOException;

    /** The command line that starts the server in the foreground, on 127.0.0.1 only. */
    List<String> command(Path data, int port, Map<String, String> settings);

    /**
     * Whether this process is a server that takes connections now.
     *
     * @param log what it has said since it was started
     */
    boolean isReady(Path data, long pid, String log);
}
