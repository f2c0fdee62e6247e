package dev.nodoubt.test.conformance;

/** What a case needs beyond the protocol's bare minimum. */
public sealed interface Need permits Ability, Feature, Hook {

    /** How a person can provide it: {@code --kill CMD}. */
    String phrase();
}
