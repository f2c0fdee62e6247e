package dev.nodoubt.gate;

/** What a gated transaction sees of the others. The weakest suffices for the gate itself; an operation may need more. */
public enum Isolation {
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE
}
