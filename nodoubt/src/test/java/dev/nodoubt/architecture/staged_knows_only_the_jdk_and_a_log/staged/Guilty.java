package dev.nodoubt.architecture.staged_knows_only_the_jdk_and_a_log.staged;

import dev.nodoubt.architecture.staged_knows_only_the_jdk_and_a_log.wire.Stranger;

record Guilty(Stranger stranger) {}
