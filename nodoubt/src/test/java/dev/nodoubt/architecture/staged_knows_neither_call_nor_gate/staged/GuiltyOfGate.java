package dev.nodoubt.architecture.staged_knows_neither_call_nor_gate.staged;

import dev.nodoubt.architecture.staged_knows_neither_call_nor_gate.gate.Innocent;

record GuiltyOfGate(Innocent stranger) {}
