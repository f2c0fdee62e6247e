package dev.nodoubt.architecture.core_does_not_know_adapters.gate;

import dev.nodoubt.architecture.core_does_not_know_adapters.wire.Innocent;

record Guilty(Innocent stranger) {}
