package dev.nodoubt.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What {@link KeyRules} say of a key. */
public sealed interface KeyVerdict {

    /**
     * The key may execute, as far as its time goes.
     *
     * @param time when the key was made; null of a foreign key without a time, whose row is never purged
     */
    record Acceptable(@Nullable Instant time) implements KeyVerdict {}

    /**
     * The key is older than the accept window: it may be replayed, asked for and fenced, not executed.
     *
     * @param time when the key was made
     */
    record TooOld(Instant time) implements KeyVerdict {}

    /**
     * This gate takes no such key.
     *
     * @param rule one line for the caller: the rule, what was found, what to do; without the key
     */
    record Unacceptable(String rule) implements KeyVerdict {}
}
