package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTest {

    @TempDir
    Path directory;

    @Test
    void itServesIsKilledAndComesBackOnItsPort() throws IOException {
        try (ChildJvm jvm = ChildJvm.start(Greeter.class, log(), "hi")) {
            int port = jvm.port();
            long pid = jvm.pid();
            assertThat(EchoServer.ask(port, "x")).isEqualTo("hi " + pid);

            jvm.kill();
            assertThat(jvm.isAlive()).isFalse();
            assertThatThrownBy(() -> EchoServer.ask(port, "x", 60_000)).isInstanceOf(SocketException.class);
            jvm.restart();

            assertThat(jvm.port()).isEqualTo(port);
            assertThat(jvm.pid()).isNotEqualTo(pid);
            assertThat(EchoServer.ask(port, "x")).isEqualTo("hi " + jvm.pid());
        }
    }

    @Test
    void aFrozenOneTakesConnectionsAndAnswersWhenItThaws() throws IOException {
        try (ChildJvm jvm = ChildJvm.start(Greeter.class, log(), "hi")) {
            jvm.freeze();
            assertThatThrownBy(() -> EchoServer.ask(jvm.port(), "x", 200)).isInstanceOf(SocketTimeoutException.class);

            jvm.thaw();

            assertThat(EchoServer.ask(jvm.port(), "x")).startsWith("hi ");
        }
    }

    @Test
    void oneThatIsStoppedRunsItsShutdownHooks() throws IOException {
        Path bye = directory.resolve("bye");
        try (ChildJvm jvm = ChildJvm.start(Greeter.class, log(), List.of("-Dbye=" + bye), List.of("hi"))) {
            jvm.stop();

            assertThat(jvm.isAlive()).isFalse();
            assertThat(bye).exists();
        }
    }

    @Test
    void closingEndsAFrozenOne() {
        ChildJvm jvm = ChildJvm.start(Greeter.class, log(), "hi");
        jvm.freeze();

        jvm.close();

        assertThat(jvm.isAlive()).isFalse();
    }

    @Test
    void oneThatFailsToStartShowsTheEndOfItsLog() {
        assertThatThrownBy(() -> ChildJvm.start(Greeter.class, log()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was not ready")
                .hasMessageContaining("ArrayIndexOutOfBoundsException");
    }

    @Test
    void optionsReachTheJvm() throws IOException {
        try (ChildJvm jvm = ChildJvm.start(Greeter.class, log(), List.of("-Dgreeting=annyeong"), List.of("hi"))) {
            assertThat(EchoServer.ask(jvm.port(), "x")).startsWith("annyeong ");
        }
    }

    private Path log() {
        return directory.resolve("child.log");
    }

    /** Answers every connection with a greeting and its process id. */
    static final class Greeter {

        private Greeter() {}

        public static void main(String[] arguments) throws IOException {
            Runtime.getRuntime().addShutdownHook(new Thread(Greeter::bye));
            String greeting = System.getProperty("greeting", arguments[0]) + " ";
            int port = Integer.parseInt(arguments[1]);
            try (ServerSocket socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                System.out.println("READY " + socket.getLocalPort());
                while (true) {
                    greet(socket, greeting + ProcessHandle.current().pid());
                }
            }
        }

        private static void bye() {
            String file = System.getProperty("bye");
            try {
                if (file != null) {
                    Files.createFile(Path.of(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void greet(ServerSocket socket, String greeting) {
            try (var client = socket.accept()) {
                client.getOutputStream().write(greeting.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException e) {
                // This client went away.
            }
        }
    }
}
