package dev.nodoubt.call;

import java.util.ArrayList;
import java.util.List;

/**
 * Calls that are committed while a scan is under way which may be the last one of a backlog: no other scan would find them
 * soon. What has no room here stays in the store. Lives on the loop.
 */
final class Latecomers {

    private final List<OpenCall> calls = new ArrayList<>();
    private final Occupancy occupancy;
    private boolean scanning;

    Latecomers(int capacity) {
        this.occupancy = new Occupancy(capacity);
    }

    void beginScan() {
        forget();
        scanning = true;
    }

    void add(OpenCall call) {
        if (scanning && !occupancy.isFull()) {
            calls.add(call);
            occupancy.enter(call);
        }
    }

    /** Those that came since the scan began. */
    List<OpenCall> endScan() {
        List<OpenCall> came = List.copyOf(calls);
        scanning = false;
        forget();
        return came;
    }

    void forget() {
        calls.clear();
        occupancy.clear();
    }
}
