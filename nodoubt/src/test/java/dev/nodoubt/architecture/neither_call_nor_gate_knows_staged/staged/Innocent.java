package dev.nodoubt.architecture.neither_call_nor_gate_knows_staged.staged;

/** Is known, knows nobody. */
public record Innocent(String name) {}
