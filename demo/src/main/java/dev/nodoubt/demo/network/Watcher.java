package dev.nodoubt.demo.network;

/** Is told what crosses a network, by many threads; it holds up what it is told of, so it must be quick. */
@FunctionalInterface
public interface Watcher {

    /** Nobody. */
    Watcher NONE = crossing -> {};

    /** Something happened to an attempt. */
    void saw(Crossing crossing);
}
