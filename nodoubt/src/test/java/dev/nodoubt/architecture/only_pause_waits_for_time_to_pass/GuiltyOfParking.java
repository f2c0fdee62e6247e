package dev.nodoubt.architecture.only_pause_waits_for_time_to_pass;

import java.util.concurrent.locks.LockSupport;

final class GuiltyOfParking {

    void rest() {
        LockSupport.parkNanos(1);
    }
}
