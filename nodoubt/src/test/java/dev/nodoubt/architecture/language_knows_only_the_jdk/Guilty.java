package dev.nodoubt.architecture.language_knows_only_the_jdk;

import java.net.URI;

record Guilty(URI address) {}
