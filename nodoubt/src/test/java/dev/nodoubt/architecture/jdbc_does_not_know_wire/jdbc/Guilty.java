package dev.nodoubt.architecture.jdbc_does_not_know_wire.jdbc;

import dev.nodoubt.architecture.jdbc_does_not_know_wire.wire.Innocent;

record Guilty(Innocent stranger) {}
