package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a server whose JVM is gone. */
abstract class OrphanContract {

    private final ServerUnderTest kind;

    @TempDir
    Path directory;

    OrphanContract(ServerUnderTest kind) {
        this.kind = kind;
    }

    @Test
    void keptDataAreTakenOverFromAKilledJvm() throws IOException, SQLException {
        Path data = directory.resolve("data");
        ChildJvm jvm = start(data.toString(), "stay");
        long orphan = printed("PID ");
        jvm.kill();
        assertThat(ProcessHandle.of(orphan)).isPresent();

        try (EmbeddedServer server = kind.start(data, 0)) {
            assertThat(server.pid()).isNotEqualTo(orphan);
            assertThat(Sql.read(server.dataSource("shop"), "SELECT id FROM sale"))
                    .isEqualTo("7");
        }
    }

    @Test
    void keptDataAreTakenOverWhenJvmAndServerWereKilled() throws IOException, SQLException {
        Path data = directory.resolve("data");
        ChildJvm jvm = start(data.toString(), "stay");
        jvm.kill();
        ProcessHandle.of(printed("PID ")).ifPresent(ProcessHandle::destroyForcibly);

        try (EmbeddedServer server = kind.start(data, 0)) {
            assertThat(Sql.read(server.dataSource("shop"), "SELECT id FROM sale"))
                    .isEqualTo("7");
        }
    }

    @Test
    void theNextServerOfAnyKindRemovesWhatAKilledJvmThrewAway()
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        ChildJvm killed = start("-", "stay");
        Path data = Path.of(text("DATA "));
        ProcessHandle orphan = ProcessHandle.of(printed("PID ")).orElseThrow();
        try (ChildJvm living =
                ChildJvm.start(ServerHost.class, directory.resolve("living.log"), kind.name(), "-", "stay")) {
            assertThat(data).exists();
            killed.kill();

            EmbeddedPostgres.start().close();

            orphan.onExit().get(60, TimeUnit.SECONDS);
            awaitGone(data.resolveSibling(""));
            Path other = Path.of(line(directory.resolve("living.log"), "DATA "));
            assertThat(living.isAlive()).isTrue();
            assertThat(other).exists();
        }
        EmbeddedPostgres.start().close();
    }

    @Test
    void aJvmThatEndsTakesItsServersWithIt()
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        ChildJvm jvm = start("-", "end");

        ProcessHandle.of(jvm.pid()).map(ProcessHandle::onExit).orElseThrow().get(60, TimeUnit.SECONDS);

        assertThat(ProcessHandle.of(printed("PID "))).isEmpty();
        assertThat(Path.of(text("DATA ")).resolveSibling("")).doesNotExist();
    }

    /** The next server may have been another JVM's, which removes the rest at this moment. */
    private static void awaitGone(Path path) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Files.exists(path) && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        assertThat(path).doesNotExist();
    }

    private ChildJvm start(String data, String then) {
        return ChildJvm.start(ServerHost.class, directory.resolve("host.log"), kind.name(), data, then);
    }

    private long printed(String label) throws IOException {
        return Long.parseLong(text(label));
    }

    private String text(String label) throws IOException {
        return line(directory.resolve("host.log"), label);
    }

    private static String line(Path log, String label) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()))
                .findFirst()
                .orElseThrow();
    }
}
