package dev.nodoubt.test.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command line of a person's, run by the system's shell. It must end with exit code 0 within a minute; what it starts
 * may live on.
 */
record ShellCommand(String line) {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Runs it and gives what it wrote to its standard output. */
    String run(Map<String, String> environment) throws IOException, InterruptedException {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        // A file, because the end of a pipe would be waited for as long as a receiver that it started lives.
        Path output = Files.createTempFile("nodoubt-conformance", ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(windows ? List.of("cmd", "/c", line) : List.of("sh", "-c", line));
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            builder.redirectInput(ProcessBuilder.Redirect.from(nothing(windows)));
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("command took longer than " + LIMIT.toSeconds() + " s: " + line);
            }
            String text = Files.readString(output, StandardCharsets.ISO_8859_1);
            if (process.exitValue() != 0) {
                throw new IOException(
                        "command ended with exit code " + process.exitValue() + ": " + line + "\n" + text);
            }
            return text;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static File nothing(boolean windows) {
        return new File(windows ? "NUL" : "/dev/null");
    }
}
