package dev.nodoubt.architecture.staged_knows_only_the_jdk_and_a_log;

/** Is known, knows nobody. */
public record Innocent(String name) {}
