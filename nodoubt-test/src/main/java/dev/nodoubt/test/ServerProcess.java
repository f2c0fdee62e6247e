package dev.nodoubt.test;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server's main process, in the foreground, and the data it serves. Between this JVM and it may stand a program that
 * changes the user: then the server is that one's child.
 */
final class ServerProcess {

    private static final Pattern SETTING_NAME = Pattern.compile("[a-z][a-z0-9_.]{0,62}");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 20;
    private static final int LOG_LINES = 20;

    private final ServerProgram program;
    private final ServerAccount account;
    private final DataDirectory data;
    private final @Nullable ThrowAwayDirectory throwAway;
    private final Map<String, String> settings;
    private volatile int port;
    private volatile long pid;
    private @Nullable Process process;

    private ServerProcess(
            ServerProgram program,
            DataDirectory data,
            @Nullable ThrowAwayDirectory throwAway,
            Map<String, String> settings) {
        settings.keySet().forEach(ServerProcess::requireSettingName);
        this.program = program;
        this.data = data;
        this.throwAway = throwAway;
        this.settings = Map.copyOf(settings);
        data.retireOrphan(keepsData());
        this.account = data.prepare(program, keepsData());
    }

    /** Starts on fresh data in a temporary directory, which {@link #close()} deletes, on a free port. */
    static ServerProcess onThrowAwayData(ServerProgram program, Map<String, String> settings) {
        ThrowAwayDirectory directory = ThrowAwayDirectory.create();
        try {
            ServerProcess server = new ServerProcess(program, new DataDirectory(directory.data()), directory, settings);
            server.start(0);
            return server;
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Starts on data that are kept: made when the directory does not exist or is empty, else continued. */
    static ServerProcess onKeptData(ServerProgram program, Path data, int port, Map<String, String> settings) {
        try {
            Path parent = data.toAbsolutePath().normalize().resolveSibling("");
            Files.createDirectories(parent);
            Path real = parent.toRealPath().resolve(data.getFileName());
            ServerProcess server = new ServerProcess(program, new DataDirectory(real), null, settings);
            server.start(port);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("no data of " + program.product().title() + " can be kept in " + data, e);
        }
    }

    String title() {
        return program.product().title();
    }

    int port() {
        return port;
    }

    long pid() {
        return pid;
    }

    String password() {
        return data.password();
    }

    /** On the same port; the running server is ended in order before. */
    void restart() {
        stop(program.product().end(true));
        start(port);
    }

    /** Ends the server, and deletes the data that are thrown away. */
    void close() {
        stop(program.product().end(keepsData()));
        if (throwAway != null) {
            throwAway.close();
        }
    }

    private boolean keepsData() {
        return throwAway == null;
    }

    /** Starts on this port, or on a free one for 0; another one when that is taken between choice and use. */
    private void start(int wanted) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        boolean again = wanted != 0 && wanted == port;
        while (true) {
            port = wanted == 0 ? EmbeddedServer.freePort() : wanted;
            String failure = launch(deadline);
            if (failure.isEmpty()) {
                return;
            }
            boolean anyPort = wanted == 0 || again;
            boolean portTaken = failure.contains(program.portTaken());
            boolean passing = portTaken ? anyPort : program.passing().stream().anyMatch(failure::contains);
            if (!passing || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException((portTaken && !anyPort ? "port " + port + " is taken: " : "") + title()
                        + " (as " + account.name() + ") did not start on " + data.path() + "; the end of " + data.log()
                        + ":\n" + failure);
            }
            pause();
        }
    }

    /** Empty when the server is ready, else the end of what it said. */
    private String launch(long deadline) {
        try {
            Path log = data.log();
            long before = Files.exists(log) ? Files.size(log) : 0;
            Process started = Command.builder(account.command(program.command(data.path(), port, settings)))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process = started;
            while (started.isAlive() && System.nanoTime() - deadline < 0) {
                OptionalLong ready = ready(started, said(before));
                if (ready.isPresent()) {
                    pid = ready.getAsLong();
                    return "";
                }
                pause();
            }
            boolean ended = !started.isAlive();
            kill();
            return (ended ? "" : "not ready within " + LIMIT.toSeconds() + " s\n") + end(said(before));
        } catch (IOException e) {
            throw new UncheckedIOException(title() + " could not be started on " + data.path(), e);
        }
    }

    private OptionalLong ready(Process started, String said) {
        return server(started)
                .mapToLong(ProcessHandle::pid)
                .filter(candidate -> program.isReady(data.path(), candidate, said))
                .findAny();
    }

    /** An orderly end; a kill after the limit. Nothing when the server does not run. */
    private void stop(Signal signal) {
        Process running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        if (Machine.windows() || !signal.send(pid) || !ends(running)) {
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
            throw new IllegalStateException(title() + " (pid " + pid + ") does not end after SIGKILL");
        }
    }

    /** The server itself, or nothing when the program before it has not started it. */
    private Stream<ProcessHandle> server(Process running) {
        return account.forks() ? running.children() : Stream.of(running.toHandle());
    }

    private boolean ends(Process running) {
        try {
            return running.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + title() + " (pid " + running.pid() + ") ended", e);
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + title() + " started", e);
        }
    }

    /** What the log has got since it was so long. */
    private String said(long before) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(data.log().toFile(), "r")) {
            file.seek(before);
            byte[] bytes = new byte[(int) Math.min(file.length() - before, 1 << 20)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static String end(String said) {
        String[] lines = said.split("\n");
        return String.join("\n", Arrays.asList(lines).subList(Math.max(0, lines.length - LOG_LINES), lines.length));
    }

    private static void requireSettingName(String name) {
        if (!SETTING_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("setting name must be of a-z, 0-9, _ and ., was '" + name + "'");
        }
    }

    @Override
    public String toString() {
        return title() + " on port " + port + ", data in " + data.path() + ", started by " + account.name();
    }
}
