package dev.nodoubt.staged;

/** What is known after one attempt of an effect. */
public sealed interface EffectResult {

    /**
     * Why, in one line for a person; a longer text is cut at 200 characters. Nothing of the payload: it is shown with the
     * intent's state and outlives the payload.
     */
    String reason();

    /** The other side took it. */
    record Done(String reason) implements EffectResult {}

    /**
     * Certainly no effect: nothing that matters left, or the other side refused.
     *
     * @param permanent whether it refused this very intent, so that repeating is useless
     */
    record NotDone(String reason, boolean permanent) implements EffectResult {}

    /** It may have happened or not. */
    record InDoubt(String reason) implements EffectResult {}
}
