package dev.nodoubt.staged;

/** What is done with an intent in doubt; exactly once is impossible where the other side knows no key. */
public enum StagedPolicy {
    /** The same bytes go out again, under the same id: the effect happens, perhaps more than once. */
    AT_LEAST_ONCE,
    /** Nothing goes out again, a person decides: the effect happens once at the most, and may stay in doubt. */
    AT_MOST_ONCE
}
