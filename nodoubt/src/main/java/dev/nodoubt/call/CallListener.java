package dev.nodoubt.call;

/**
 * What an application wants to be told beside outcomes. Called on a thread that a relay has for nothing else, of one call
 * after the other, so that a slow one delays no delivery.
 */
@FunctionalInterface
public interface CallListener {

    /**
     * A call has become unresolved: nobody can know its outcome by asking, and a person is needed. Told at least once, and
     * before it is written: one that throws is told again later. Never told instead of an outcome.
     */
    void unresolved(OpenCall call);
}
