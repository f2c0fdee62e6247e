package dev.nodoubt.architecture.wire_does_not_know_jdbc.jdbc;

/** Is known, knows nobody. */
public record Innocent(String name) {}
