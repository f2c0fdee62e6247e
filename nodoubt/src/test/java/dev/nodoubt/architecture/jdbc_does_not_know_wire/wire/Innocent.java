package dev.nodoubt.architecture.jdbc_does_not_know_wire.wire;

/** Is known, knows nobody. */
public record Innocent(String name) {}
