package dev.nodoubt.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.OptionalLong;

/** Processor time of processes, user and system, from {@code /proc}: Linux only. */
public final class CpuMeter {

    /** The unit of {@code /proc/<pid>/stat} is 1/100 s on every Linux that Java runs on. */
    private static final double TICK_MICROS = 10_000;

    // Counted after the command's name in parentheses, which may contain blanks.
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int ENDED_CHILDREN_USER = 13;
    private static final int ENDED_CHILDREN_SYSTEM = 14;

    private final long receiver;
    private final OptionalLong database;

    public CpuMeter(long receiver, OptionalLong database) {
        this.receiver = receiver;
        this.database = database;
    }

    /** Microseconds since these processes began. */
    public record Cpu(double receiver, double database) {
        public Cpu minus(Cpu before) {
            return new Cpu(receiver - before.receiver, database - before.database);
        }

        public double both() {
            return receiver + database;
        }
    }

    public Cpu read() throws IOException {
        double micros = 0;
        if (database.isPresent()) {
            long server = database.getAsLong();
            micros = micros(server);
            Iterator<ProcessHandle> children =
                    ProcessHandle.of(server).orElseThrow().children().iterator();
            while (children.hasNext()) {
                micros += micros(children.next().pid());
            }
        }
        return new Cpu(micros(receiver), micros);
    }

    /** Of one process and of its children that have ended. */
    private static double micros(long pid) throws IOException {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        } catch (NoSuchFileException e) {
            return 0; // It ended meanwhile, and its parent has what it used.
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER])
                + Long.parseLong(fields[SYSTEM])
                + Long.parseLong(fields[ENDED_CHILDREN_USER])
                + Long.parseLong(fields[ENDED_CHILDREN_SYSTEM]);
        return ticks * TICK_MICROS;
    }
}
