package dev.nodoubt.call;

import java.time.Duration;

/**
 * A relay among the nodes of its store, as it sees itself at this instant.
 *
 * @param name configured name, not unique
 * @param incarnation its number in the store; zero before it joined
 * @param lease what is left of its lease, during which no other node takes its calls over; zero when it has run out
 */
public record RelayStatus(String name, long incarnation, Duration lease) {

    /** Whether it may attempt calls: a node without a lease only waits for its store. */
    public boolean holdsLease() {
        return !lease.isZero();
    }
}
