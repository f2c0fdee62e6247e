package dev.nodoubt.test.conformance;

import java.util.Locale;

/** What can be done to a receiver from outside. Each returns when it is done. */
public enum Hook implements Need {
    /** SIGKILL to the receiver's process, and wait for its end. */
    KILL,
    /** Start it again at the same address, and wait until it serves. */
    RESTART,
    /** SIGSTOP. */
    PAUSE,
    /** SIGCONT. */
    RESUME,
    /** Cut the receiver's connections to its database and refuse new ones. */
    CUT_DATABASE,
    /** From now on every COMMIT arrives, but its answer is lost with the connection. */
    LOSE_COMMIT_ANSWER,
    /** From now on no COMMIT arrives; the connection is lost. */
    DROP_COMMIT,
    /** The end of what the three before began. */
    MEND_DATABASE,
    /** The database's administrator ends every session of the receiver. */
    END_SESSIONS,
    /** Raise the persisted horizon to ten days before now, as a purge does. */
    RAISE_HORIZON;

    /** As on the command line: {@code --cut-database}. */
    String option() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String phrase() {
        return option();
    }
}
