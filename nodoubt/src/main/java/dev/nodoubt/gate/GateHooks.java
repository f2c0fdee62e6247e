package dev.nodoubt.gate;

/**
 * What the application adds to a gate.
 *
 * @param keeper has its say in what is kept of replies
 * @param observer of all that the gate decides
 */
public record GateHooks(ReplyKeeper keeper, GateObserver observer) {

    /** Replies are kept as they are, and nobody watches. */
    public static final GateHooks NONE = new GateHooks(ReplyKeeper.PLAIN, GateObserver.NONE);
}
