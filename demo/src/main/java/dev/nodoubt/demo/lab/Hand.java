package dev.nodoubt.demo.lab;

/** What a person can do to a lane's present story. */
enum Hand {
    /** The same request once more, through the network. */
    AGAIN,
    /** What the receiver knows of its key, asked past the network. */
    ASK,
    /** Never, from now on: told the receiver past the network. */
    FENCE
}
