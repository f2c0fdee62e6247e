package dev.nodoubt.architecture.wire_does_not_know_jdbc.wire;

import dev.nodoubt.architecture.wire_does_not_know_jdbc.jdbc.Innocent;

record Guilty(Innocent stranger) {}
