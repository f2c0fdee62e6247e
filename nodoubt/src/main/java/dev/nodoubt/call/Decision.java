package dev.nodoubt.call;

import dev.nodoubt.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows from an attempt's result. */
sealed interface Decision {

    /** The outcome is known. */
    record Settle(Outcome outcome) implements Decision {}

    /**
     * The call stays open.
     *
     * @param progress how far it has come now
     * @param halt why the target must not be attempted as before; null when it may
     */
    record Keep(Progress progress, @Nullable Halt halt) implements Decision {
        Optional<Halt> halted() {
            return Optional.ofNullable(halt);
        }
    }

    /**
     * A target is paused.
     *
     * @param problem one line for a person
     * @param byHand whether only a person may resume it; else a probe that is answered does
     */
    record Halt(String problem, boolean byHand) {}
}
