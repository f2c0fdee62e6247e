package dev.nodoubt.architecture.gate_does_not_know_call.call;

/** Is known, knows nobody. */
public record Innocent(String name) {}
