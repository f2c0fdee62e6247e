package dev.nodoubt.console;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.gate.GateKeyStatus;
import java.util.List;

/** What this application's own gate knows, where it is a receiver. */
final class Receiver {

    /** The key's rows, one a scope; most often none, as most applications call others. */
    List<GateKeyStatus> of(IdempotencyKey key) {
        return List.of();
    }
}
