package dev.nodoubt.architecture.packages_have_no_cycles.jdbc;

import dev.nodoubt.architecture.packages_have_no_cycles.gate.GuiltyGate;

record Innocent(GuiltyGate gate) {}
