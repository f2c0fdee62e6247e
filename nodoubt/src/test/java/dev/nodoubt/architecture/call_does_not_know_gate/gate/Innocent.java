package dev.nodoubt.architecture.call_does_not_know_gate.gate;

/** Is known, knows nobody. */
public record Innocent(String name) {}
