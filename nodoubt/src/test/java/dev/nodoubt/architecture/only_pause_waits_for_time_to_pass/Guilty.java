package dev.nodoubt.architecture.only_pause_waits_for_time_to_pass;

final class Guilty {

    void rest() throws InterruptedException {
        Thread.sleep(1);
    }
}
