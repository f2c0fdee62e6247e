package dev.nodoubt.services.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The book on disk: a JSON object a line, only ever appended, on disk before anything is answered. Without a file it keeps
 * nothing. Not thread-safe.
 */
final class Journal implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final @Nullable FileChannel file;
    private final List<Entry> earlier;

    private Journal(@Nullable FileChannel file, List<Entry> earlier) {
        this.file = file;
        this.earlier = List.copyOf(earlier);
    }

    static Journal inMemory() {
        return new Journal(null, List.of());
    }

    /**
     * Opens or creates the file and reads what is in it. A last line without an end was being written when the process
     * died, so nobody was answered: it is cut off.
     *
     * @throws IOException when another process has the file, or a whole line of it is no entry
     */
    static Journal open(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() == null) {
                throw new IOException("another process writes it");
            }
            String text = content(file);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            List<Entry> entries = new ArrayList<>();
            for (String line : whole.lines().toList()) {
                entries.add(entry(line, entries.size() + 1));
            }
            long length = whole.getBytes(StandardCharsets.UTF_8).length;
            file.truncate(length);
            file.position(length);
            return new Journal(file, entries);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw new IOException("book " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static String content(FileChannel file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        while (file.read(buffer) >= 0) {
            bytes.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Entry entry(String line, int number) throws IOException {
        try {
            return JSON.readValue(line, Entry.class);
        } catch (JacksonException e) {
            throw new IOException("line " + number + " is no entry of a book", e);
        }
    }

    /** What was in the file when it was opened, the oldest first. */
    List<Entry> earlier() {
        return earlier;
    }

    /**
     * Returns when the entry is on disk.
     *
     * @throws UncheckedIOException when that is not sure; nothing is written after it
     */
    void append(Entry entry) {
        if (file == null) {
            return;
        }
        ByteBuffer line =
                StandardCharsets.UTF_8.encode(JSON.writerFor(Entry.class).writeValueAsString(entry) + "\n");
        try {
            while (line.hasRemaining()) {
                file.write(line);
            }
            file.force(false);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("the book cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the book cannot be closed: " + e.getMessage(), e);
        }
    }
}
