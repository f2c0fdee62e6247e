package dev.nodoubt.call;

/** What an application wants to be told beside outcomes. Called on a thread of the relay; implementations are thread-safe. */
@FunctionalInterface
public interface CallListener {

    /**
     * A call has become unresolved: nobody can know its outcome by asking, and a person is needed. Told at least once, and
     * before it is written: one that throws is told again later. Never told instead of an outcome.
     */
    void unresolved(OpenCall call);
}
