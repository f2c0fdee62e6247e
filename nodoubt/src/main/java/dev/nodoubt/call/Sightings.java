package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.Set;

/**
 * Which calls the last scans found. What a hand-over says of a call is what it was at its birth: once a scan has found
 * the call, it may have been attempted, given up and settled, and the hand-over comes too late. Lives on the loop.
 */
final class Sightings {

    /** A business transaction that outlasts so many scans is not handed over: the next scan finds its calls. */
    private static final int REMEMBERED = 64;

    private final Deque<Set<IdempotencyKey>> newestFirst = new ArrayDeque<>();
    private volatile long scans;

    /** How many scans have told what they found. To be read before a call is recorded, from any thread. */
    long scans() {
        return scans;
    }

    /** A scan tells what it found. */
    void add(Collection<IdempotencyKey> found) {
        newestFirst.addFirst(Set.copyOf(found));
        if (newestFirst.size() > REMEMBERED) {
            newestFirst.removeLast();
        }
        long next = scans + 1;
        scans = next;
    }

    /** Whether certainly no scan found this call, recorded after so many of them. */
    boolean isUnseen(IdempotencyKey key, long scansBefore) {
        long since = scans - scansBefore;
        Iterator<Set<IdempotencyKey>> newer = newestFirst.iterator();
        for (long i = 0; i < since; i++) {
            if (!newer.hasNext() || newer.next().contains(key)) {
                return false;
            }
        }
        return true;
    }
}
