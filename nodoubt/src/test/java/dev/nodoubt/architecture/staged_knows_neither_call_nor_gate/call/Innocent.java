package dev.nodoubt.architecture.staged_knows_neither_call_nor_gate.call;

/** Is known, knows nobody. */
public record Innocent(String name) {}
