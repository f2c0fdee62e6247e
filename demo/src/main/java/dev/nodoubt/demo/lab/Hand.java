package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.network.ByHand;

/** What a person can do to a lane's present story. */
enum Hand {
    /** The same request once more, through the network. */
    AGAIN,
    /** What the receiver knows of its key, asked past the network. */
    ASK,
    /** Never, from now on: told the receiver past the network. */
    FENCE;

    /**
     * The request that does it.
     *
     * @throws Refused where there is nothing to do it to
     */
    String request(Story story) {
        if (this == AGAIN) {
            return story.wire().lastCall().orElseThrow(() -> new Refused("refused_nothing"));
        }
        String key = story.key().orElseThrow(() -> new Refused("refused_no_key"));
        return this == ASK ? ByHand.outcome(key) : ByHand.fence(key);
    }
}
