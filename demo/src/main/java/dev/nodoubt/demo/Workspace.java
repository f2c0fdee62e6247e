package dev.nodoubt.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where databases, logs and temporary files lie.
 *
 * @param root the directory of all
 * @param kept whether it stays after the end
 */
record Workspace(Path root, boolean kept) {

    static Workspace make(Optional<Path> kept) throws Failure {
        Path wanted = kept.orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
        try {
            Path root = kept.isPresent()
                    ? Files.createDirectories(wanted).toRealPath()
                    : Files.createTempDirectory(wanted.toRealPath(), "nodoubt-demo-");
            if (kept.isEmpty()
                    && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                // where root may not use namespaces the databases run as another user, who must get through
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
            }
            Workspace workspace = new Workspace(root, kept.isPresent());
            Files.createDirectories(workspace.logs());
            Files.createDirectories(workspace.temporary());
            Files.delete(Files.createTempFile(root, "writable", ""));
            return workspace;
        } catch (IOException e) {
            throw new Failure(
                    "cannot write to " + wanted + " (" + e + "); name a directory of yours with --data DIR", e);
        }
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path database(String name) {
        return root.resolve("postgres-18-" + name);
    }

    /** Removes what is not to be kept. */
    void close() {
        try {
            delete(kept ? temporary() : root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + root, e);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
