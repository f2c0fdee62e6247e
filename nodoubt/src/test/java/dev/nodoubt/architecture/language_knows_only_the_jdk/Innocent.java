package dev.nodoubt.architecture.language_knows_only_the_jdk;

import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

record Innocent(
        List<Instant> times, Charset charset, @Nullable MessageDigest digest) {}
