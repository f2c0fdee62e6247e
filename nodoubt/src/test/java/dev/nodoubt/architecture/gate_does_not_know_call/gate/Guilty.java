package dev.nodoubt.architecture.gate_does_not_know_call.gate;

import dev.nodoubt.architecture.gate_does_not_know_call.call.Innocent;

record Guilty(Innocent stranger) {}
