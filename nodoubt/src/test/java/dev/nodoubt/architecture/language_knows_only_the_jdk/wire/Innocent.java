package dev.nodoubt.architecture.language_knows_only_the_jdk.wire;

import java.net.URI;

record Innocent(URI address) {}
