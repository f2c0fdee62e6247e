package dev.nodoubt.architecture.staged_knows_only_the_jdk_and_a_log.staged;

import org.slf4j.Logger;

record Innocent(dev.nodoubt.architecture.staged_knows_only_the_jdk_and_a_log.Innocent language, Logger log) {}
