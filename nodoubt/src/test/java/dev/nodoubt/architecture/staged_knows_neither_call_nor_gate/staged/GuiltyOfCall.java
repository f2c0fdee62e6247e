package dev.nodoubt.architecture.staged_knows_neither_call_nor_gate.staged;

import dev.nodoubt.architecture.staged_knows_neither_call_nor_gate.call.Innocent;

record GuiltyOfCall(Innocent stranger) {}
