package dev.nodoubt.call;

/**
 * How much of a lane's memory its calls take. A call takes the room of one, and as much again for each 4 KiB of its body;
 * calls that need no attempt may take as much room again. Lives on the loop.
 */
final class Occupancy {

    private final int capacity;
    private int calls;
    private int taken;

    Occupancy(int capacity) {
        this.capacity = capacity;
    }

    private static int of(OpenCall call) {
        return 1 + call.request().payload().size() / 4_096;
    }

    void clear() {
        calls = 0;
        taken = 0;
    }

    void enter(OpenCall call) {
        calls++;
        taken += of(call);
    }

    void leave(OpenCall call) {
        calls--;
        taken -= of(call);
    }

    boolean isFull() {
        return taken >= capacity;
    }

    boolean isFullWithoutAttempts() {
        return taken >= 2 * capacity;
    }

    boolean isHalfFree() {
        return taken <= capacity / 2;
    }

    /** How many more calls have room, if they are like those that are here; at least one while there is any. */
    DueCalls.Room room() {
        return new DueCalls.Room(more(capacity), more(2 * capacity));
    }

    private int more(int capacity) {
        int free = Math.max(capacity - taken, 0);
        int each = calls == 0 ? 1 : Math.max(taken / calls, 1);
        return (free + each - 1) / each;
    }
}
