package dev.nodoubt.architecture.call_does_not_know_gate.call;

import dev.nodoubt.architecture.call_does_not_know_gate.gate.Innocent;

record Guilty(Innocent stranger) {}
