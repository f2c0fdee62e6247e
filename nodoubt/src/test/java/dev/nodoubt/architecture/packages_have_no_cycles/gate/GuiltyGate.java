package dev.nodoubt.architecture.packages_have_no_cycles.gate;

import dev.nodoubt.architecture.packages_have_no_cycles.call.GuiltyCall;

/** Knows the call, which knows the gate. */
public record GuiltyGate(GuiltyCall call) {}
