package dev.nodoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Payload;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpooledBodyTest {

    private static final int IN_MEMORY = 20_000;
    private static final int LARGEST = 100_000;
    private static final int UNKNOWN = -1;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, IN_MEMORY - 1, IN_MEMORY, IN_MEMORY + 1, LARGEST})
    void a_body_is_read_again_as_it_came(int size) throws IOException {
        byte[] bytes = bytes(size);

        try (SpooledBody body = read(new ByteArrayInputStream(bytes), size)) {
            assertThat(body.size()).isEqualTo(size);
            assertThat(body.mediaType()).isEqualTo("text/plain");
            assertThat(content(body)).isEqualTo(bytes);
            assertThat(content(body)).isEqualTo(bytes);
        }
    }

    @Test
    void a_small_body_never_needs_the_directory() throws IOException {
        Path nowhere = directory.resolve("nowhere");
        Spooling spooling = new Spooling(LARGEST, IN_MEMORY, nowhere);

        try (SpooledBody body = SpooledBody.read(new ByteArrayInputStream(bytes(IN_MEMORY)), UNKNOWN, "", spooling)) {
            assertThat(body.size()).isEqualTo(IN_MEMORY);
        }
        assertThatThrownBy(
                        () -> SpooledBody.read(new ByteArrayInputStream(bytes(IN_MEMORY + 1)), UNKNOWN, "", spooling))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_body_above_the_limit_is_refused_and_leaves_nothing() throws IOException {
        InputStream endless = new SequenceInputStream(new ByteArrayInputStream(bytes(LARGEST + 1)), failing());

        assertThatThrownBy(() -> read(endless, UNKNOWN))
                .isInstanceOfSatisfying(
                        BodyTooLargeException.class, e -> assertThat(e.limit()).isEqualTo(LARGEST))
                .hasMessage("the body must have at most 100000 bytes, had more");
        assertThat(left()).isEmpty();
    }

    @Test
    void a_declared_size_above_the_limit_is_refused_without_reading() {
        assertThatThrownBy(() -> read(failing(), LARGEST + 1)).isInstanceOf(BodyTooLargeException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, IN_MEMORY + 1})
    void a_source_that_fails_gives_no_shorter_body_and_leaves_nothing(int before) throws IOException {
        InputStream source = new SequenceInputStream(new ByteArrayInputStream(bytes(before)), failing());

        assertThatThrownBy(() -> read(source, UNKNOWN)).hasMessage("connection reset");
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, IN_MEMORY + 1})
    void a_source_that_ends_before_its_declared_size_gives_no_body(int size) throws IOException {
        assertThatThrownBy(() -> read(new ByteArrayInputStream(bytes(size)), size + 1))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("ended after " + size);
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, IN_MEMORY + 1})
    void closing_deletes_the_file_and_ends_the_reading(int size) throws IOException {
        SpooledBody body = read(new ByteArrayInputStream(bytes(size)), UNKNOWN);

        body.close();
        body.close();

        assertThat(left()).isEmpty();
        assertThatThrownBy(body::open).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_waiting_file_has_no_name_and_only_its_owner_may_read_it() throws IOException {
        try (SpooledBody body = read(new ByteArrayInputStream(bytes(IN_MEMORY + 1)), UNKNOWN)) {
            assertThat(body.size()).isEqualTo(IN_MEMORY + 1);
            assertThat(files()).isEmpty();
            assertThat(openFilesOf(directory))
                    .hasSize(1)
                    .allSatisfy(descriptor -> assertThat(Files.getPosixFilePermissions(descriptor))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
        assertThat(openFilesOf(directory)).isEmpty();
    }

    @Test
    void several_threads_read_one_body_at_once() throws Exception {
        byte[] bytes = bytes(LARGEST);
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);

        try (SpooledBody body = read(new ByteArrayInputStream(bytes), UNKNOWN)) {
            Callable<byte[]> reader = () -> {
                start.await();
                return content(body);
            };
            List<Future<byte[]>> contents = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                contents.add(pool.submit(reader));
            }

            for (Future<byte[]> content : contents) {
                assertThat(content.get()).isEqualTo(bytes);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void single_bytes_and_pieces_come_from_one_position() throws IOException {
        byte[] bytes = bytes(IN_MEMORY + 1);

        try (SpooledBody body = read(new ByteArrayInputStream(bytes), UNKNOWN);
                InputStream in = body.open()) {
            assertThat(in.read()).isEqualTo(bytes[0] & 0xff);
            assertThat(in.available()).isEqualTo(IN_MEMORY);
            assertThat(in.readNBytes(3)).containsExactly(bytes[1], bytes[2], bytes[3]);
            assertThat(in.skip(IN_MEMORY - 4)).isEqualTo(IN_MEMORY - 4);
            assertThat(in.read()).isEqualTo(bytes[IN_MEMORY] & 0xff);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void a_body_in_memory_and_a_spooled_one_say_the_same_and_show_no_content() throws IOException {
        RequestBody payload = RequestBody.of(Payload.json("{\"to\":\"김\"}"));

        try (SpooledBody body = SpooledBody.read(payload.open(), 12, payload.mediaType(), Spooling.defaults())) {
            assertThat(body).hasToString("12 bytes of application/json");
            assertThat(payload).hasToString("12 bytes of application/json");
            assertThat(content(payload)).isEqualTo(content(body));
            assertThat(payload.size()).isEqualTo(body.size());
        }
    }

    @Test
    void spooling_refuses_what_cannot_be() {
        assertThat(Spooling.defaults().largest()).isEqualTo(1024 * 1024);
        assertThat(Spooling.defaults().inMemory()).isEqualTo(64 * 1024);
        assertThatThrownBy(() -> new Spooling(-1, 0, directory)).hasMessageContaining("largest must be >= 0");
        assertThatThrownBy(() -> new Spooling(1, -1, directory)).hasMessageContaining("inMemory must be >= 0");
    }

    private SpooledBody read(InputStream source, long declared) throws IOException {
        return SpooledBody.read(source, declared, "text/plain", new Spooling(LARGEST, IN_MEMORY, directory));
    }

    private static byte[] content(RequestBody body) throws IOException {
        try (InputStream in = body.open()) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static InputStream failing() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** Files with a name, and on Linux open ones without. */
    private List<Path> left() throws IOException {
        List<Path> left = new ArrayList<>(files());
        if (OS.LINUX.isCurrentOs()) {
            left.addAll(openFilesOf(directory));
        }
        return left;
    }

    /** The descriptors of this process whose file lies in this directory, with or without a name. */
    private static List<Path> openFilesOf(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).startsWith(directory)) {
                    found.add(descriptor);
                }
            }
        }
        return found;
    }
}
