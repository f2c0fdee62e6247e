package dev.nodoubt.http;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connections that a target may use at once; who finds none free waits in line. Thread-safe. */
final class Slots {

    private final int limit;
    private final Set<Runnable> waiting = new LinkedHashSet<>();
    private int used;

    Slots(int limit) {
        this.limit = limit;
    }

    /** Takes a slot and returns true, or lines up; then {@code whenFree} runs with a slot taken for it. */
    synchronized boolean takeOrLineUp(Runnable whenFree) {
        if (used < limit) {
            used++;
            return true;
        }
        waiting.add(whenFree);
        return false;
    }

    /** Leaves the line. A slot that is being handed over at this moment still comes, and must be given back. */
    synchronized void leaveLine(Runnable whenFree) {
        waiting.remove(whenFree);
    }

    void giveBack() {
        Runnable next = nextInLine();
        if (next != null) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable nextInLine() {
        if (waiting.isEmpty()) {
            used--;
            return null;
        }
        Runnable next = waiting.iterator().next();
        waiting.remove(next);
        return next;
    }

    /** How full it is, for a person. */
    @Override
    public synchronized String toString() {
        return used + " of " + limit + " in use, " + waiting.size() + " waiting";
    }
}
