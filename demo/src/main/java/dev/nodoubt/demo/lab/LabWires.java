package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.network.Crossing;
import dev.nodoubt.demo.network.Fault;
import dev.nodoubt.demo.network.Faults;
import dev.nodoubt.demo.network.Watcher;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Lets the attempts of a transfer meet what was chosen for them, and tells what the networks saw of it. Thread-safe. */
public final class LabWires implements Faults, Watcher {

    private final Map<Long, Chosen> chosen = new ConcurrentHashMap<>();

    private record Chosen(Fault fault, int attempts, Consumer<Crossing> told) {}

    /**
     * From now on.
     *
     * @param attempts how many, from the first, meet the fault
     */
    void choose(long transfer, Fault fault, int attempts, Consumer<Crossing> told) {
        chosen.put(transfer, new Chosen(fault, attempts, told));
    }

    /** No attempt meets a fault any more. */
    void mend() {
        chosen.replaceAll((transfer, was) -> new Chosen(Fault.NONE, 0, was.told()));
    }

    void forget(long transfer) {
        chosen.remove(transfer);
    }

    @Override
    public Fault fault(long transfer, int attempt) {
        Chosen found = chosen.get(transfer);
        return found != null && attempt <= found.attempts() ? found.fault() : Fault.NONE;
    }

    @Override
    public Duration delay(long transfer, int attempt, Duration longerThan) {
        return longerThan.multipliedBy(5).dividedBy(2);
    }

    @Override
    public void saw(Crossing crossing) {
        Chosen found = chosen.get(crossing.transfer());
        if (found != null) {
            found.told().accept(crossing);
        }
    }
}
