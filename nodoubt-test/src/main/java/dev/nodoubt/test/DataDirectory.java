package dev.nodoubt.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One database cluster on disk. */
record DataDirectory(Path path) {

    /** The file by which a server claims its data. */
    record Lock(long pid, boolean ready) {}

    private static final String PASSWORD_FILE = "nodoubt.password";
    private static final Duration RETIRE_LIMIT = Duration.ofSeconds(60);

    /** The superuser's password: on loopback every user of the machine can knock at the port. */
    String password() {
        try {
            return Files.readString(path.resolve(PASSWORD_FILE)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " was not made by EmbeddedPostgres: it has no " + PASSWORD_FILE, e);
        }
    }

    /** Makes the cluster where there is none, by one rename at the end, and gives it to the account that can run it. */
    ServerAccount prepare(PostgresBinaries binaries, boolean kept) {
        try {
            if (Files.exists(path.resolve("PG_VERSION"))) {
                return ServerAccount.choose(binaries, path);
            }
            requireEmpty();
            Path work = path.resolveSibling(path.getFileName() + ".new");
            Trees.delete(work);
            Files.createDirectories(work);
            ServerAccount account = ServerAccount.choose(binaries, work);
            initialise(binaries, account, work, kept);
            Files.move(work, path, StandardCopyOption.ATOMIC_MOVE);
            return account;
        } catch (IOException e) {
            throw new UncheckedIOException("no PostgreSQL data can be made in " + path, e);
        }
    }

    private void requireEmpty() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.list(path)) {
            if (files.findAny().isPresent()) {
                throw new IllegalStateException("PostgreSQL's data directory " + path
                        + " holds other files and no cluster; give a new or an empty directory");
            }
        }
    }

    private static void initialise(PostgresBinaries binaries, ServerAccount account, Path work, boolean kept)
            throws IOException {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        Path passwordFile = Files.createTempFile("nodoubt-postgres", ".password");
        try {
            Files.writeString(passwordFile, password + "\n");
            account.give(passwordFile);
            List<String> words = new ArrayList<>(account.command(
                    binaries.initdb().toString(),
                    "--pgdata=" + work,
                    "--username=postgres",
                    "--pwfile=" + passwordFile,
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8"));
            // The password has 128 random bits: hashing it thousands of times would only slow each connection down.
            words.addAll(List.of("--auth=password", "--set=scram_iterations=1"));
            words.addAll(kept ? List.of() : List.of("--no-sync"));
            Command.Result result = new Command(words).run();
            if (!result.succeeded()) {
                throw new IllegalStateException("initdb failed for " + work + ": " + result);
            }
            Files.move(passwordFile, work.resolve(PASSWORD_FILE));
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    /** The lock file, when there is one and it is written to its end. */
    Optional<Lock> lock() {
        try {
            List<String> lines = Files.readAllLines(path.resolve("postmaster.pid"));
            return lines.isEmpty() || lines.get(0).isBlank()
                    ? Optional.empty()
                    : Optional.of(new Lock(
                            Long.parseLong(lines.get(0).strip()),
                            lines.size() > 7 && lines.get(7).strip().equals("ready")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the lock file of " + path, e);
        }
    }

    /**
     * Ends the server that a killed JVM left behind. A lock file of a process that runs something else is stale, and the
     * new server removes it.
     */
    void retireOrphan(Signal signal) {
        Optional<ProcessHandle> orphan =
                lock().flatMap(lock -> ProcessHandle.of(lock.pid())).filter(this::servesThis);
        if (orphan.isEmpty()) {
            return;
        }
        ProcessHandle server = orphan.get();
        signal.send(server.pid());
        try {
            server.onExit()
                    .orTimeout(RETIRE_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "an old PostgreSQL (pid " + server.pid() + ") holds " + path + " and did not end within "
                            + RETIRE_LIMIT.toSeconds() + " s after " + signal,
                    e);
        }
    }

    private boolean servesThis(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(words -> Arrays.asList(words).contains(path.toString()))
                .orElse(false);
    }
}
