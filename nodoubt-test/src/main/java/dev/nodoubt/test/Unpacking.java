package dev.nodoubt.test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A directory in the making. Every user may enter and read it and what is in it, whatever the umask says: the server may
 * run as another user than this JVM.
 */
final class Unpacking {

    private final Path target;

    /** Into this directory, which exists. */
    Unpacking(Path target) throws IOException {
        this.target = target;
        open(target, true);
    }

    void directory(String name) throws IOException {
        createDirectories(within(name));
    }

    void file(String name, InputStream content, boolean program) throws IOException {
        Path file = within(name);
        createDirectories(file.resolveSibling(""));
        Files.copy(content, file);
        open(file, program);
    }

    void symbolicLink(String name, String to) throws IOException {
        Path link = within(name);
        createDirectories(link.resolveSibling(""));
        Files.createSymbolicLink(link, Path.of(to));
    }

    private Path within(String name) throws IOException {
        Path path = target.resolve(name).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("entry outside the archive: " + name);
        }
        return path;
    }

    private void createDirectories(Path directory) throws IOException {
        Path path = target;
        for (Path step : target.relativize(directory)) {
            path = path.resolve(step);
            if (!Files.isDirectory(path)) {
                Files.createDirectory(path);
                open(path, true);
            }
        }
    }

    private static void open(Path path, boolean executable) throws IOException {
        if (!Machine.windows()) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
