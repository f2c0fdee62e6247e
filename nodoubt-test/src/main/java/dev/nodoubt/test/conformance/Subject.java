package dev.nodoubt.test.conformance;

import java.util.Set;

/**
 * The gated operation under test: how to order something from it, and how to count what it did. A receiver that has no
 * test operation is described by an implementation of this. Thread-safe.
 */
public interface Subject {

    /**
     * What this operation can be asked for: any of {@link Ability#EFFECTS}, {@link Ability#STEERING},
     * {@link Ability#HOLDING}, {@link Ability#INVALID_BODY} and {@link Ability#JSON}. What is missing here is not called.
     */
    Set<Ability> abilities();

    /**
     * A valid body. The same arguments give the same bytes.
     *
     * @param mark unique; 1 to 60 letters, digits and hyphens, a letter first. The effect can be counted by it
     * @param note a text that no log may show; it belongs into the body where that has room for it
     * @param behaviour always {@link Behaviour#OK} without {@link Ability#STEERING}
     */
    Body order(String mark, String note, Behaviour behaviour);

    /** A body of the same media type that validation refuses before the gate. */
    default Body invalidOrder() {
        throw new UnsupportedOperationException("this subject has no invalid body");
    }

    /** How many committed effects this mark has. */
    default long effects(String mark) throws Exception {
        throw new UnsupportedOperationException("this subject cannot count effects of " + mark);
    }

    /** Whether a handler is held under this mark at this instant. */
    default boolean held(String mark) throws Exception {
        throw new UnsupportedOperationException("this subject cannot hold " + mark);
    }

    /** Lets the handler that is held under this mark go on. */
    default void release(String mark) throws Exception {
        throw new UnsupportedOperationException("this subject cannot release " + mark);
    }
}
