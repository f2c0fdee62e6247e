package dev.nodoubt.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A body that was read completely before anything was done with it: small ones wait in memory, larger ones in a file
 * that only this process's user may read. Thread-safe once read.
 *
 * <p>The file is gone when this is closed; on Unix it has no name from the beginning, so that a killed process leaves
 * nothing of a request behind. A thread that is interrupted while it reads the file closes it.
 */
public final class SpooledBody implements RequestBody, AutoCloseable {

    private static final int CHUNK = 8192;
    private static final FileAttribute<?>[] OWNER_ONLY =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];

    private final String mediaType;
    private final long size;
    private final byte[] memory;
    private final @Nullable FileChannel file;
    private volatile boolean closed;

    private SpooledBody(String mediaType, long size, byte[] memory, @Nullable FileChannel file) {
        this.mediaType = mediaType;
        this.size = size;
        this.memory = memory;
        this.file = file;
    }

    /**
     * Reads a body to its end.
     *
     * @param source not closed here
     * @param declared its {@code Content-Length}; negative when it has none
     * @param mediaType as in {@code Content-Type}; empty when there is none
     * @throws BodyTooLargeException when it is larger than {@link Spooling#largest}; a declared size is enough for that
     * @throws EOFException when it ended before its declared length
     * @throws IOException when the source or the file fails; nothing is left then
     */
    public static SpooledBody read(InputStream source, long declared, String mediaType, Spooling spooling)
            throws IOException {
        if (declared > spooling.largest()) {
            throw tooLarge(spooling);
        }
        try (Intake intake = new Intake(spooling)) {
            byte[] chunk = new byte[CHUNK];
            for (int count = source.read(chunk); count >= 0; count = source.read(chunk)) {
                intake.write(chunk, count);
            }
            if (declared >= 0 && intake.size != declared) {
                throw new EOFException(
                        "the body must have its " + declared + " declared bytes, ended after " + intake.size);
            }
            return intake.body(mediaType);
        }
    }

    private static BodyTooLargeException tooLarge(Spooling spooling) {
        return new BodyTooLargeException("the body", spooling.largest());
    }

    @Override
    public String mediaType() {
        return mediaType;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        if (closed) {
            throw new IOException("this body was closed");
        }
        return file == null ? new ByteArrayInputStream(memory) : new FileStream(file);
    }

    /** Deletes the file; what was opened before cannot be read further. Repeatable. */
    @Override
    public void close() throws IOException {
        closed = true;
        if (file != null) {
            file.close();
        }
    }

    @Override
    public String toString() {
        return size + " bytes" + (mediaType.isEmpty() ? "" : " of " + mediaType);
    }

    /** What was read so far; its end leaves no file, unless a body took it over. */
    private static final class Intake implements AutoCloseable {

        private final Spooling spooling;
        private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
        private @Nullable FileChannel file;
        private long size;
        private boolean handedOver;

        Intake(Spooling spooling) {
            this.spooling = spooling;
        }

        void write(byte[] chunk, int count) throws IOException {
            size += count;
            if (size > spooling.largest()) {
                throw tooLarge(spooling);
            }
            if (file == null && size <= spooling.inMemory()) {
                memory.write(chunk, 0, count);
                return;
            }
            if (file == null) {
                file = create(spooling.directory());
                writeFully(file, memory.toByteArray(), memory.size());
                memory.reset();
            }
            writeFully(file, chunk, count);
        }

        private static FileChannel create(Path directory) throws IOException {
            return FileChannel.open(
                    directory.resolve("nodoubt-" + UUID.randomUUID() + ".body"),
                    Set.of(
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE),
                    OWNER_ONLY);
        }

        private static void writeFully(FileChannel file, byte[] bytes, int count) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        }

        SpooledBody body(String mediaType) {
            handedOver = true;
            return new SpooledBody(mediaType, size, memory.toByteArray(), file);
        }

        @Override
        public void close() throws IOException {
            if (file != null && !handedOver) {
                file.close();
            }
        }
    }

    /** Reads at a position of its own, so that several may read one file. */
    private static final class FileStream extends InputStream {

        private final FileChannel file;
        private long position;

        FileStream(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = file.read(ByteBuffer.wrap(buffer, offset, length), position);
            position += Math.max(count, 0);
            return count;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(file.size() - position, Integer.MAX_VALUE);
        }
    }
}
