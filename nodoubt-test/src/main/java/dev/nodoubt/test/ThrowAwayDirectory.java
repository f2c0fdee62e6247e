package dev.nodoubt.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A directory that lasts as long as this JVM at most. The JVM holds a lock on a file in it, which the system drops when
 * the JVM dies in any way; who makes the next directory removes those without a holder, and ends the servers in them.
 * (The kernel's own death signal would follow the thread that started the server, not the JVM.)
 */
final class ThrowAwayDirectory implements AutoCloseable {

    private static final String NAME = "nodoubt-server-";
    private static final String OWNER = "owner.lock";

    private final Path path;
    private final FileChannel owner;

    private ThrowAwayDirectory(Path path, FileChannel owner) {
        this.path = path;
        this.owner = owner;
    }

    static ThrowAwayDirectory create() {
        try {
            sweep();
            Path path = Files.createTempDirectory(own());
            if (!Machine.windows()) {
                // The server's user must get through; the data below are closed to others.
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
            }
            Path claim = path.resolve("claim");
            FileChannel owner = FileChannel.open(claim, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            FileLock lock = owner.lock();
            Files.move(claim, path.resolve(OWNER), StandardCopyOption.ATOMIC_MOVE);
            return lock.isValid() ? new ThrowAwayDirectory(path.toRealPath(), owner) : create();
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for a server", e);
        }
    }

    Path path() {
        return path;
    }

    Path data() {
        return path.resolve("data");
    }

    @Override
    public void close() {
        try {
            owner.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release " + path, e);
        }
        Trees.delete(path);
    }

    /** Never opens what this JVM holds: closing any channel of a file drops all the process's locks on it. */
    private static void sweep() throws IOException {
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        try (var directories = Files.newDirectoryStream(temp, NAME + "*")) {
            for (Path directory : directories) {
                Path claim = directory.resolve(OWNER);
                if (!directory.getFileName().toString().startsWith(own()) && Files.isWritable(claim)) {
                    removeIfAbandoned(directory, claim);
                }
            }
        }
    }

    private static void removeIfAbandoned(Path directory, Path claim) {
        try (FileChannel channel = FileChannel.open(claim, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                new DataDirectory(directory.toRealPath().resolve("data")).retireOrphan(false);
                Trees.delete(directory);
            }
        } catch (IOException | UncheckedIOException e) {
            // Another JVM sweeps the same directory: it will be gone.
        }
    }

    private static String own() {
        return NAME + ProcessHandle.current().pid() + "-";
    }
}
