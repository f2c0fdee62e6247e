package dev.nodoubt.spring;

import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateUpkeep;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Runs the gate's upkeep while the application does. */
final class GateUpkeepLifecycle implements SmartLifecycle {

    private final Gate gate;
    private @Nullable GateUpkeep upkeep;

    GateUpkeepLifecycle(Gate gate) {
        this.gate = gate;
    }

    @Override
    public synchronized void start() {
        if (upkeep == null) {
            upkeep = new GateUpkeep(gate);
            upkeep.start();
        }
    }

    /** After the web server has answered its last request, whose counts are then written. */
    @Override
    public synchronized void stop() {
        if (upkeep != null) {
            upkeep.close();
            upkeep = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return upkeep != null;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
