package dev.nodoubt.architecture.packages_have_no_cycles.call;

import dev.nodoubt.architecture.packages_have_no_cycles.gate.GuiltyGate;

/** Knows the gate, which knows the call. */
public record GuiltyCall(GuiltyGate gate) {}
