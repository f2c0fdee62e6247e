package dev.nodoubt.demo.network;

import java.time.Duration;

/** Which fault meets which attempt. Asked by many threads. */
public interface Faults {

    /**
     * The fault of one attempt.
     *
     * @param transfer the transfer's number
     * @param attempt counted from 1
     */
    Fault fault(long transfer, int attempt);

    /**
     * How long after its arrival a late or delayed message goes on.
     *
     * @param longerThan the caller's patience, which it must exceed
     */
    Duration delay(long transfer, int attempt, Duration longerThan);
}
