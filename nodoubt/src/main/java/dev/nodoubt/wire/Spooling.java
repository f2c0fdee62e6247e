package dev.nodoubt.wire;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How much of a body is taken, and where it waits.
 *
 * @param largest bytes of a body; 1 MiB by default
 * @param inMemory a body of at most so many bytes never touches the disk; 64 KiB by default
 * @param directory of the files of larger ones; {@code java.io.tmpdir} by default
 */
public record Spooling(long largest, int inMemory, Path directory) {

    public Spooling {
        Objects.requireNonNull(directory, "directory");
        if (largest < 0) {
            throw new IllegalArgumentException("spooling: largest must be >= 0 bytes, was " + largest);
        }
        if (inMemory < 0) {
            throw new IllegalArgumentException("spooling: inMemory must be >= 0 bytes, was " + inMemory);
        }
    }

    public static Spooling defaults() {
        return new Spooling(1 << 20, 64 << 10, Path.of(System.getProperty("java.io.tmpdir")));
    }
}
