package dev.nodoubt.demo.lab;

import java.util.ArrayList;
import java.util.List;

/** A receiver's process to which nothing is done; notes what was asked. Some of it may fail, or be interrupted. */
final class NotedProcess implements ReceiverProcess {

    private final List<String> done = new ArrayList<>();
    private final List<String> failing;
    private final boolean interrupted;

    /** @param failing each of these fails once */
    NotedProcess(String... failing) {
        this(false, failing);
    }

    /** @param interrupted whether it is interrupted while it freezes */
    NotedProcess(boolean interrupted, String... failing) {
        this.interrupted = interrupted;
        this.failing = new ArrayList<>(List.of(failing));
    }

    List<String> done() {
        return done;
    }

    @Override
    public void freeze() throws Exception {
        note("freeze");
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    @Override
    public void thaw() {
        note("thaw");
    }

    @Override
    public void kill() {
        note("kill");
    }

    @Override
    public void restart() {
        note("restart");
    }

    private void note(String act) {
        done.add(act);
        if (failing.remove(act)) {
            throw new IllegalStateException(act);
        }
    }
}
