package dev.nodoubt.architecture.staged_knows_only_the_jdk_and_a_log.wire;

/** An adapter. */
public record Stranger(String name) {}
