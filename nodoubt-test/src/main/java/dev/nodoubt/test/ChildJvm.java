package dev.nodoubt.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A JVM under test that can be killed, frozen and started again. Its main class gets the arguments given here and, as the
 * last one, the port to listen on: 0 the first time, the same port again after a restart. It prints {@code READY <port>}
 * when it serves. What it prints goes into the log file. It ends with {@link #close()} or with this JVM.
 *
 * <p>Not for concurrent use.
 */
public final class ChildJvm implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String READY = "READY ";
    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ALIVE.forEach(Process::destroyForcibly), "nodoubt-child-jvm-shutdown"));
    }

    private final List<String> command;
    private final Path log;
    private @Nullable Process process;
    private int port;

    private ChildJvm(List<String> command, Path log) {
        this.command = List.copyOf(command);
        this.log = log;
    }

    /**
     * Starts the main class with this JVM's class path and a small heap, and waits until it is ready, 60 seconds at most.
     *
     * @throws IllegalStateException when it does not become ready; the message carries the end of its log
     */
    public static ChildJvm start(Class<?> main, Path log, String... arguments) {
        return start(main, log, List.of("-Xmx128m"), List.of(arguments));
    }

    /** As {@link #start(Class, Path, String...)}, with options for the JVM, such as {@code -Xmx256m}. */
    public static ChildJvm start(Class<?> main, Path log, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(arguments);
        ChildJvm jvm = new ChildJvm(command, log);
        jvm.launch();
        return jvm;
    }

    /** Where it listens on loopback. */
    public int port() {
        return port;
    }

    public long pid() {
        return running().pid();
    }

    public boolean isAlive() {
        return running().isAlive();
    }

    /** SIGKILL, and waits for the end. */
    public void kill() {
        Process current = running();
        current.destroyForcibly();
        try {
            current.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while JVM " + current.pid() + " ended", e);
        }
        ALIVE.remove(current);
    }

    /**
     * SIGTERM, and waits for the end, 60 seconds at most.
     *
     * @throws IllegalStateException when it does not end
     */
    public void stop() {
        Process current = running();
        current.destroy();
        try {
            if (!current.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("JVM " + current.pid() + " did not end within " + LIMIT.toSeconds()
                        + " s of SIGTERM; its log " + log + " ends:\n" + tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while JVM " + current.pid() + " ended", e);
        }
        ALIVE.remove(current);
    }

    /** SIGSTOP: a long pause in which its sockets stay open and the system still accepts connections for it. */
    public void freeze() {
        signal(Signal.STOP);
    }

    /** SIGCONT: what has arrived meanwhile is served now. */
    public void thaw() {
        signal(Signal.CONT);
    }

    /** Kills it if it is alive and starts it again on the same port. */
    public void restart() {
        kill();
        launch();
    }

    @Override
    public void close() {
        kill();
    }

    private void signal(Signal signal) {
        if (!signal.send(pid())) {
            throw new IllegalStateException("JVM " + pid() + " did not take SIG" + signal);
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("this JVM was never started");
        }
        return process;
    }

    private void launch() {
        List<String> words = new ArrayList<>(command);
        words.add(Integer.toString(port));
        try {
            Process started = Command.builder(words).start();
            process = started;
            ALIVE.add(started);
            port = awaitReady(started);
        } catch (IOException e) {
            throw new UncheckedIOException("no JVM could be started: " + command.get(0), e);
        }
    }

    private int awaitReady(Process started) {
        CompletableFuture<Integer> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> copyOutput(started, ready), "child-jvm-" + started.pid());
        reader.setDaemon(true);
        reader.start();
        try {
            return ready.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            kill();
            throw new IllegalStateException(
                    "JVM " + started.pid() + " was not ready within " + LIMIT.toSeconds() + " s; its log " + log
                            + " ends:\n" + tail(),
                    e);
        } catch (InterruptedException e) {
            started.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while JVM " + started.pid() + " started", e);
        }
    }

    private void copyOutput(Process started, CompletableFuture<Integer> ready) {
        try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8);
                Writer writer = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                writer.write(line + "\n");
                writer.flush();
                if (line.startsWith(READY)) {
                    ready.complete(
                            Integer.parseInt(line.substring(READY.length()).strip()));
                }
            }
            ready.completeExceptionally(new IllegalStateException("ended before it was ready"));
        } catch (IOException | NumberFormatException e) {
            ready.completeExceptionally(e);
        }
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    /** The test runner hides the class path in a jar that holds a manifest only. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
