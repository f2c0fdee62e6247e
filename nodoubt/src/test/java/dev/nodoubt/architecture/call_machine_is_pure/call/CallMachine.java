package dev.nodoubt.architecture.call_machine_is_pure.call;

import java.net.URI;
import java.time.Instant;
import java.util.Random;

final class CallMachine {

    Instant clock() {
        return Instant.now();
    }

    record Place(URI address) {}

    static final class Dice {

        int roll(Random dice) {
            return dice.nextInt(6);
        }
    }
}
