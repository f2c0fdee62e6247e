package dev.nodoubt.spring;

import dev.nodoubt.gate.GateUpkeep;
import org.springframework.context.SmartLifecycle;

/** Runs the gate's upkeep while the application does. */
final class GateUpkeepLifecycle implements SmartLifecycle {

    private final GateUpkeep upkeep;
    private volatile boolean running;

    GateUpkeepLifecycle(GateUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public void start() {
        if (!running) {
            upkeep.start();
            running = true;
        }
    }

    /** After the web server has answered its last request, whose counts are then written. */
    @Override
    public void stop() {
        running = false;
        upkeep.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
