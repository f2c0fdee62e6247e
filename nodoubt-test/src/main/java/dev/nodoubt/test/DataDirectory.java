package dev.nodoubt.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One server's data on disk. */
record DataDirectory(Path path) {

    private static final String PASSWORD_FILE = "nodoubt.password";
    private static final Duration RETIRE_LIMIT = Duration.ofSeconds(60);

    /** The superuser's password: on loopback every user of the machine can knock at the port. */
    String password() {
        try {
            return Files.readString(path.resolve(PASSWORD_FILE)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " was not made by this library: it has no " + PASSWORD_FILE, e);
        }
    }

    /** What the server says. */
    Path log() {
        return path.resolveSibling(path.getFileName() + ".log");
    }

    /** Makes the data where there are none, by one rename at the end, and gives them to the account that can use them. */
    ServerAccount prepare(ServerProgram program, boolean kept) {
        try {
            if (Files.exists(path.resolve(program.mark()))) {
                return program.account(path);
            }
            requireEmpty(program.product());
            Path work = path.resolveSibling(path.getFileName() + ".new");
            Trees.delete(work);
            Files.createDirectories(work);
            ServerAccount account = program.account(work);
            initialise(program, account, work, kept);
            Files.move(work, path, StandardCopyOption.ATOMIC_MOVE);
            return account;
        } catch (IOException e) {
            throw new UncheckedIOException("no data of " + program.product().title() + " can be made in " + path, e);
        }
    }

    private void requireEmpty(Product product) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.list(path)) {
            if (files.findAny().isPresent()) {
                throw new IllegalStateException("the data directory " + path + " holds other files and no data of "
                        + product.title() + "; give a new or an empty directory");
            }
        }
    }

    private static void initialise(ServerProgram program, ServerAccount account, Path work, boolean kept)
            throws IOException {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        Path password = Files.createTempFile("nodoubt-server", ".password");
        try {
            Files.writeString(password, HexFormat.of().formatHex(secret) + "\n");
            account.give(password);
            program.initialise(account, work, password, kept);
            Files.move(password, work.resolve(PASSWORD_FILE));
        } finally {
            Files.deleteIfExists(password);
        }
    }

    /** The process that says it uses these data; nothing when there is no such file or it is not written to its end. */
    private Optional<ProcessHandle> user(Product product) {
        try (Stream<String> lines = Files.lines(path.resolve(product.pidFile()))) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .flatMap(line -> ProcessHandle.of(Long.parseLong(line)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the lock file of " + path, e);
        }
    }

    /**
     * Ends the server that a killed JVM left behind. A lock file of a process that runs something else is stale, and the
     * new server removes it.
     *
     * @param kept whether the data are still wanted
     */
    void retireOrphan(boolean kept) {
        for (Product product : Product.values()) {
            user(product).filter(this::servesThis).ifPresent(server -> retire(server, product, kept));
        }
    }

    private void retire(ProcessHandle server, Product product, boolean kept) {
        Signal signal = product.end(kept);
        signal.send(server.pid());
        try {
            server.onExit()
                    .orTimeout(RETIRE_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "an old " + product.title() + " (pid " + server.pid() + ") holds " + path
                            + " and did not end within " + RETIRE_LIMIT.toSeconds() + " s after " + signal,
                    e);
        }
    }

    /** Whether the path is one of its words, or what one of its options is set to. */
    private boolean servesThis(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(words ->
                        Stream.of(words).anyMatch(word -> word.equals(path.toString()) || word.endsWith("=" + path)))
                .orElse(false);
    }
}
