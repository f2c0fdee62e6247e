package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.network.Fault;
import java.time.Duration;

/** What a person lets happen: to the requests of one transfer, or to the receiver of all for a short time. */
enum LabFault {
    NONE,
    DROP_ANSWER,
    RESET,
    DELAY,
    LOSE_REQUEST,
    LATE,
    DUPLICATE,
    /** Nothing listens at the receiver's address. */
    REFUSED,
    /** Another program holds a lock in the receiver's database: the receiver works on a request and does not get on. */
    SLOW,
    /** The receiver's process is stopped, and goes on afterwards. */
    FROZEN,
    /** The receiver's process is killed while it works on a request, and started again. */
    KILLED;

    /** Whether it befalls the receiver, and so every request that reaches it. */
    boolean ofReceiver() {
        return compareTo(REFUSED) >= 0;
    }

    /** What the network does with an attempt that is to meet this. */
    Fault ofNetwork() {
        return ofReceiver() ? Fault.NONE : Fault.valueOf(name());
    }

    /** Whether its time counts from when requests have arrived, or from its beginning. */
    boolean awaitsRequests() {
        return ofReceiver() && this != REFUSED;
    }

    /** How long a receiver suffers it. */
    Duration lasts() {
        return switch (this) {
            case REFUSED -> Duration.ofSeconds(2);
            case SLOW -> Duration.ofSeconds(3);
            case FROZEN -> Duration.ofMillis(3_500);
            case KILLED -> Duration.ofMillis(300);
            default -> Duration.ZERO;
        };
    }
}
