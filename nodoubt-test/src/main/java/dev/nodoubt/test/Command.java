package dev.nodoubt.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A short program that is run to its end; it is killed when it takes longer than {@link #LIMIT}. */
record Command(List<String> words) {

    static final Duration LIMIT = Duration.ofSeconds(60);

    /** How a program ended: 127 with the reason when it could not be started, 137 when it was killed. */
    record Result(int exit, String output) {

        boolean succeeded() {
            return exit == 0;
        }

        @Override
        public String toString() {
            return "exit " + exit + (output.isBlank() ? "" : ", " + output.strip());
        }
    }

    static Command of(String... words) {
        return new Command(List.of(words));
    }

    Result run() {
        return run(builder(words));
    }

    /** With this file as its standard input. */
    Result run(Path input) {
        return run(builder(words).redirectInput(input.toFile()));
    }

    private Result run(ProcessBuilder builder) {
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Result(127, String.valueOf(e.getMessage()));
        }
        CompletableFuture.delayedExecutor(LIMIT.toSeconds(), TimeUnit.SECONDS).execute(process::destroyForcibly);
        try (var output = process.getInputStream()) {
            process.getOutputStream().close();
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), text);
        } catch (IOException e) {
            process.destroyForcibly();
            return new Result(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + words.get(0), e);
        }
    }

    /** A process whose messages are in English, both streams in one. */
    static ProcessBuilder builder(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        return builder;
    }
}
