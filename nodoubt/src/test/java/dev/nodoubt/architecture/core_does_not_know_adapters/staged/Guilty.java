package dev.nodoubt.architecture.core_does_not_know_adapters.staged;

import dev.nodoubt.architecture.core_does_not_know_adapters.jdbc.Innocent;

record Guilty(Innocent stranger) {}
