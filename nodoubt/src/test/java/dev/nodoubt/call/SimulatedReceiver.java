package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;

/** The called system of a simulated world. What it did is known here, whatever its answers said. */
sealed interface SimulatedReceiver permits SimulatedGate, SimulatedForeign {

    void arrived(Message request);

    /** Something that it works on takes its next step. */
    void act();

    void crash();

    /** Whether it works on nothing. */
    boolean isIdle();

    /** How often the call had its effect. */
    int performed(IdempotencyKey key);

    /** How often that effect was taken back. */
    int undone(IdempotencyKey key);
}
