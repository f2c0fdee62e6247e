package dev.nodoubt.test;

import static dev.nodoubt.test.ServerUnderTest.MARIADB;
import static dev.nodoubt.test.ServerUnderTest.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server, its crash and its restart in a JVM of root where some ways to another user are refused, and of a plain user.
 * Only root can play the others, so these tests are skipped for a plain user, whom every other test of the server covers.
 */
class EmbeddedServerAsAnyUserTest {

    @TempDir
    Path directory;

    @BeforeEach
    void onlyAsRootOnLinux() {
        assumeTrue(System.getProperty("os.name").equals("Linux") && Machine.uid() == 0, "needs root on Linux");
    }

    @Test
    void rootUsesAUserNamespace() throws IOException {
        assertThat(host(POSTGRES, "-")).contains("sale 7").contains("started by unshare -U");
    }

    @Test
    void rootUsesSetprivWhereNamespacesAreRefused() throws IOException {
        refuse("unshare");

        assertThat(host(POSTGRES, "-")).contains("sale 7").contains("started by setpriv\n");
    }

    @Test
    void rootUsesRunuserWithoutSetpriv() throws IOException {
        refuse("unshare", "setpriv");

        assertThat(host(POSTGRES, "-")).contains("sale 7").contains("started by runuser");
    }

    @Test
    void rootUsesSuWithoutRunuser() throws IOException {
        refuse("unshare", "setpriv", "runuser");

        assertThat(host(POSTGRES, "-")).contains("sale 7").contains("started by su\n");
    }

    @Test
    void dataBehindAClosedDirectoryAreReachedAndChangeHandsBothWays() throws IOException {
        Path closed = Files.createDirectory(directory.resolve("closed to others"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        Path data = closed.resolve("data");
        assertThat(host(POSTGRES, data.toString())).contains("sale 7").contains("started by unshare -U");

        refuse("unshare");
        assertThat(host(POSTGRES, data.toString())).contains("sale 7").contains("started by setpriv with dac_override");

        Files.delete(directory.resolve("bin/unshare"));
        assertThat(host(POSTGRES, data.toString())).contains("sale 7").contains("started by unshare -U");
    }

    @Test
    void whereEveryWayIsRefusedTheMessageNamesEachAndItsAnswer() throws IOException {
        refuse("unshare", "setpriv", "runuser", "su");

        assertThat(host(POSTGRES, "-"))
                .contains("PostgreSQL does not run as root")
                .contains("unshare -U: exit 1, unshare: not on this machine")
                .contains("setpriv: exit 1, setpriv: not on this machine")
                .contains("runuser: exit 1, runuser: not on this machine")
                .contains("su: exit 1, su: not on this machine")
                .contains("Run this program as a plain user");
    }

    @Test
    void aPlainUserWithoutHomeNeedsNoWay() throws IOException {
        assertThat(hostOfAPlainUser(POSTGRES)).contains("sale 7").contains("started by this user");
    }

    @Test
    @NeedsMariaDb
    void aPlainUserWithoutHomeHasMariaDb() throws IOException {
        assertThat(hostOfAPlainUser(MARIADB)).contains("sale 7").contains("started by this user");
    }

    @Test
    @NeedsMariaDb
    void rootNeedsNoWayToMariaDb() throws IOException {
        refuse("unshare", "setpriv", "runuser", "su");

        assertThat(host(MARIADB, "-")).contains("sale 7").contains("started by this user");
    }

    private String hostOfAPlainUser(ServerUnderTest kind) throws IOException {
        Path copy = Files.createDirectory(directory.resolve("class path"));
        String classPath = copyOfClassPath(copy);
        Path temp = Files.createDirectory(directory.resolve("tmp"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));

        List<String> words = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        words.addAll(java("-Djava.io.tmpdir=" + temp, "-cp", classPath));
        words.addAll(List.of(ServerHost.class.getName(), kind.name(), "-", "crash"));
        String output = run(words);

        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("nodoubt-server-")))
                    .isEmpty();
        }
        return output;
    }

    /** Puts programs that fail before the real ones. */
    private void refuse(String... programs) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        for (String program : programs) {
            Path script = bin.resolve(program);
            Files.writeString(script, "#!/bin/sh\necho '" + program + ": not on this machine' >&2\nexit 1\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private String host(ServerUnderTest kind, String data) throws IOException {
        List<String> words = java("-cp", ChildJvm.classPath());
        words.addAll(List.of(ServerHost.class.getName(), kind.name(), data, "crash"));
        return run(words);
    }

    private static List<String> java(String... options) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> words = new ArrayList<>(List.of(java, "-Xmx128m", "-XX:TieredStopAtLevel=1"));
        words.addAll(List.of(options));
        return words;
    }

    private String run(List<String> words) throws IOException {
        ProcessBuilder builder = Command.builder(words);
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (old, bin) -> bin + ":" + old);
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Where every user may read: the original may lie in root's home. */
    private static String copyOfClassPath(Path target) throws IOException {
        List<String> copies = new ArrayList<>();
        for (String entry : ChildJvm.classPath().split(File.pathSeparator, -1)) {
            Path source = Path.of(entry);
            Path copy = target.resolve(copies.size() + "-" + source.getFileName());
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(source.relativize(file).toString()));
                }
            }
            copies.add(copy.toString());
        }
        return String.join(File.pathSeparator, copies);
    }
}
