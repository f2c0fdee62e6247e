package dev.nodoubt.architecture.neither_call_nor_gate_knows_staged.call;

import dev.nodoubt.architecture.neither_call_nor_gate_knows_staged.staged.Innocent;

record Guilty(Innocent stranger) {}
