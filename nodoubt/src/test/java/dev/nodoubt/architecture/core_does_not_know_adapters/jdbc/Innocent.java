package dev.nodoubt.architecture.core_does_not_know_adapters.jdbc;

/** Is known, knows nobody. */
public record Innocent(String name) {}
