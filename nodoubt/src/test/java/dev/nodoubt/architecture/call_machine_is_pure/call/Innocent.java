package dev.nodoubt.architecture.call_machine_is_pure.call;

import java.net.URI;
import java.time.Instant;

record Innocent(URI address, Instant time) {

    static Innocent of(URI address) {
        return new Innocent(address, Instant.now());
    }
}
