package dev.nodoubt.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Where programs from the class path lie unpacked, once per machine and version.
 *
 * <p>A program's directory is named after the digest of what it is made from and comes into being by one rename, so that
 * processes may unpack at the same time and none sees half of it.
 */
final class BinaryCache {

    /** What is in an archive. */
    interface Archive {
        void extract(Unpacking target) throws IOException;
    }

    private BinaryCache() {}

    /** The directory of this name, unpacked now if it is in no cache. */
    static Path directory(String name, Archive archive) {
        List<String> refused = new ArrayList<>();
        for (Path cache : caches()) {
            try {
                Path home = cache.resolve(name);
                Files.createDirectories(cache);
                requireOwn(cache);
                if (!Files.isDirectory(home)) {
                    unpack(archive, cache, home);
                }
                return home;
            } catch (IOException e) {
                refused.add(cache + " (" + e + ")");
            }
        }
        throw new IllegalStateException(
                "the programs " + name + " cannot be unpacked: no directory could be written; tried " + refused);
    }

    /** Short enough for a name, long enough to be one archive's. */
    static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Where root's files are reached by other users, the user's own cache, and a private one where there is no home. */
    private static List<Path> caches() {
        Path ofHome = Path.of(System.getProperty("user.home"), ".cache", "nodoubt");
        String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9]", "_");
        Path ofTemp = Path.of(System.getProperty("java.io.tmpdir"), "nodoubt-cache-" + user);
        return Machine.uid() == 0 ? List.of(Path.of("/var/cache/nodoubt"), ofHome, ofTemp) : List.of(ofHome, ofTemp);
    }

    private static void unpack(Archive archive, Path cache, Path home) throws IOException {
        removeAbandoned(cache);
        Path work = Files.createTempDirectory(cache, "unpacking-");
        try {
            archive.extract(new Unpacking(work));
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
        if (!Machine.windows() && !Files.getAttribute(cache, "unix:uid").equals((int) Machine.uid())) {
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
}
