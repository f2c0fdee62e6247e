package dev.nodoubt.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of the demo's own, with a bounded heap, whose output goes into a file. */
final class Child {

    private static final Duration GRACE = Duration.ofSeconds(25);
    private static final int TAIL = 15;

    private final String name;
    private final Command command;
    private final Process process;
    private final Path log;

    private Child(Command command, Process process, Path log) {
        this.name = command.name();
        this.command = command;
        this.process = process;
        this.log = log;
    }

    /**
     * How to start one.
     *
     * @param name for messages and the log's name
     * @param heapMb bound of its heap
     * @param arguments what follows the JVM's own options: {@code -jar} or a class, and what it takes
     * @param environment on top of this process's; for what must not stand on a command line
     */
    record Command(String name, int heapMb, List<String> arguments, Map<String, String> environment) {}

    static Child start(Command command, Path logs, Path temporary) throws Failure {
        Path log = logs.resolve(command.name() + ".log");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + command.heapMb() + "m",
                "-XX:MaxMetaspaceSize=192m",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // it ends before the second compiler pays
                "-XX:-UsePerfData",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + temporary));
        words.addAll(command.arguments());
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(command.environment());
        try {
            return new Child(command, builder.start(), log);
        } catch (IOException e) {
            throw new Failure("the " + command.name() + " process cannot be started: " + e.getMessage(), e);
        }
    }

    /** Waits until it answers over HTTP with any status. */
    void awaitAnswer(URI address, Duration limit) throws Failure, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                http.send(request, HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException e) {
                requireAlive();
                if (System.nanoTime() - end > 0) {
                    throw new Failure("the " + name + " process does not answer at " + address + " after "
                            + limit.toSeconds() + " s; the end of its log:\n" + tail());
                }
                Thread.sleep(100);
            }
        }
    }

    /** Fails if it ended by itself. */
    void requireAlive() throws Failure {
        if (!process.isAlive()) {
            throw new Failure(
                    "the " + name + " process ended with " + process.exitValue() + "; the end of its log:\n" + tail());
        }
    }

    /** How it was started. */
    Command command() {
        return command;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL, and waits for its end. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP: it does nothing any more, while its sockets stay open and the system still accepts connections for it. */
    void freeze() throws Failure, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT: it works on what has arrived meanwhile. */
    void thaw() throws Failure, InterruptedException {
        signal("CONT");
    }

    /** By the shell's own command: not every system has a program of that name. */
    private void signal(String signal) throws Failure, InterruptedException {
        String[] words = {"sh", "-c", "kill -" + signal + " \"$1\"", "sh", Long.toString(process.pid())};
        try {
            if (new ProcessBuilder(words).inheritIO().start().waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            throw new Failure("no shell to signal the " + name + " process: " + e.getMessage(), e);
        }
        throw new Failure("the " + name + " process did not take SIG" + signal);
    }

    /** Asks it to end; {@link #awaitEnd} sees to it. */
    void stop() {
        process.destroy();
    }

    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private String tail() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }
}
