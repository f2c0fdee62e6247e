package dev.nodoubt.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Samples how much memory this process and all its descendants take together. What processes share counts once (PSS);
 * where the system does not tell that, each process's resident set counts whole. Without {@code /proc} it stays 0.
 */
final class Memory implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Pattern SHARE = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");

    private final AtomicLong peakKb = new AtomicLong();
    private final Thread sampler = new Thread(this::sample, "memory");

    Memory() {
        sampler.setDaemon(true);
        sampler.start();
    }

    /** The highest sample so far, in MB of 1,048,576 bytes. */
    long peakMb() {
        return (peakKb.get() + 1023) / 1024;
    }

    @Override
    public void close() {
        sampler.interrupt();
    }

    private void sample() {
        try {
            while (true) {
                ProcessHandle self = ProcessHandle.current();
                List<ProcessHandle> all =
                        Stream.concat(Stream.of(self), self.descendants()).toList();
                long sum = all.stream().mapToLong(Memory::kilobytes).sum();
                peakKb.accumulateAndGet(sum, Math::max);
                Thread.sleep(EVERY.toMillis());
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private static long kilobytes(ProcessHandle process) {
        Path directory = Path.of("/proc", Long.toString(process.pid()));
        long share = read(directory.resolve("smaps_rollup"), SHARE);
        return share > 0 ? share : read(directory.resolve("status"), RESIDENT);
    }

    private static long read(Path file, Pattern pattern) {
        try {
            Matcher matcher = pattern.matcher(Files.readString(file));
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        } catch (IOException e) {
            return 0; // it has ended, or this system has no such file
        }
    }
}
