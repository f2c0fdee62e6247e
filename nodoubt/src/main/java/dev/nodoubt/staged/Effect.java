package dev.nodoubt.staged;

/**
 * Carries out intents of one kind (a port): a mail server, a payment provider, a broker. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Effect {

    /**
     * Makes one attempt and says what is known of it. No database connection is held meanwhile.
     *
     * <p>It must end within the kind's {@code attemptTimeout}: after the lease another process may take the intent over
     * as in doubt. Nothing may be repeated behind the caller's back. A failure of network or server is a result; what it
     * throws counts as in doubt, because nobody knows how far it came.
     */
    EffectResult attempt(Claim claim);
}
