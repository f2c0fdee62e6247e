package dev.nodoubt.test;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server's main process, in the foreground. Between this JVM and it may stand a program that changes the user, so its
 * process id comes from the lock file.
 */
final class Postmaster {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 20;
    private static final int LOG_LINES = 20;

    /** What the server of a moment ago leaves behind: a zombie, sessions that still end, a port. */
    private static final List<String> PASSING = List.of(
            "lock file \"postmaster.pid\" already exists", "pre-existing shared memory block", "could not bind");

    private final PostgresBinaries binaries;
    private final ServerAccount account;
    private final DataDirectory data;
    private final Path log;
    private final Map<String, String> settings;
    private volatile int port;
    private volatile long pid;
    private @Nullable Process process;

    Postmaster(PostgresBinaries binaries, ServerAccount account, DataDirectory data, Map<String, String> settings) {
        this.binaries = binaries;
        this.account = account;
        this.data = data;
        this.log = data.path().resolveSibling(data.path().getFileName() + ".log");
        this.settings = Map.copyOf(settings);
    }

    int port() {
        return port;
    }

    /** The way to the user as whom the server runs. */
    String account() {
        return account.name();
    }

    long pid() {
        return pid;
    }

    /** Starts on this port, or on a free one for 0; another one when that is taken between choice and use. */
    void start(int wanted) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        boolean again = wanted != 0 && wanted == port;
        while (true) {
            port = wanted == 0 ? EmbeddedPostgres.freePort() : wanted;
            String failure = launch(deadline);
            if (failure.isEmpty()) {
                return;
            }
            boolean portTaken = failure.contains("could not bind") && wanted != 0 && !again;
            boolean passing = PASSING.stream().anyMatch(failure::contains) && !portTaken;
            if (!passing || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException((portTaken ? "port " + port + " is taken: " : "")
                        + "PostgreSQL (as " + account.name() + ") did not start on " + data.path() + "; the end of "
                        + log + ":\n" + failure);
            }
            pause();
        }
    }

    /** Empty when the server is ready, else the end of what it said. */
    private String launch(long deadline) {
        try {
            long before = Files.exists(log) ? Files.size(log) : 0;
            Process started = Command.builder(command())
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process = started;
            while (started.isAlive() && System.nanoTime() - deadline < 0) {
                if (isReady(started)) {
                    return "";
                }
                pause();
            }
            boolean ended = !started.isAlive();
            kill();
            return (ended ? "" : "not ready within " + LIMIT.toSeconds() + " s\n") + tail(before);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started on " + data.path(), e);
        }
    }

    private List<String> command() {
        List<String> words = new ArrayList<>(account.command(binaries.postgres().toString()));
        words.addAll(List.of("-D", data.path().toString(), "-p", Integer.toString(port)));
        // No socket file: its directory would have to suit every user.
        Stream.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC", "log_timezone=UTC")
                .forEach(setting -> words.addAll(List.of("-c", setting)));
        settings.forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        return words;
    }

    private boolean isReady(Process started) {
        long found = data.lock()
                .filter(DataDirectory.Lock::ready)
                .map(DataDirectory.Lock::pid)
                .filter(candidate -> server(started).anyMatch(server -> server.pid() == candidate))
                .orElse(-1L);
        pid = found < 0 ? pid : found;
        return found >= 0;
    }

    /** An orderly end; a kill after the limit. Nothing when the server does not run. */
    void stop(Signal signal) {
        Process running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        if (PostgresBinaries.windows() || !signal.send(pid) || !ends(running)) {
            kill();
        }
    }

    /** SIGKILL, to the server and to the program that may stand before it. */
    void kill() {
        Process running = process;
        if (running == null) {
            return;
        }
        server(running).forEach(ProcessHandle::destroyForcibly);
        if (!ends(running)) {
            running.destroyForcibly();
            throw new IllegalStateException("PostgreSQL (pid " + pid + ") does not end after SIGKILL");
        }
    }

    /** The server itself, or nothing when the program before it has not started it. */
    private Stream<ProcessHandle> server(Process running) {
        return account.forks() ? running.children() : Stream.of(running.toHandle());
    }

    private static boolean ends(Process running) {
        try {
            return running.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL (pid " + running.pid() + ") ended", e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }

    /** The last lines that the log has got since it was so long. */
    private String tail(long before) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(before);
            byte[] bytes = new byte[(int) Math.min(file.length() - before, 1 << 20)];
            file.readFully(bytes);
            String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n");
            return String.join("\n", Arrays.asList(lines).subList(Math.max(0, lines.length - LOG_LINES), lines.length));
        }
    }
}
