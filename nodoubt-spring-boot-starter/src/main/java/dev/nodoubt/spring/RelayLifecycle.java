package dev.nodoubt.spring;

import dev.nodoubt.call.Relay;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the relay after the web server, and stops it when the requests under way have ended but before the web server
 * and the data source go, so that what the last requests recorded is still delivered or handed back in order. Stopped or
 * paused and started again, as around a checkpoint of the process, it goes on; what was recorded meanwhile waited.
 */
final class RelayLifecycle implements SmartLifecycle {

    /** Between Spring Boot's graceful shutdown (1024 below the last phase) and its web server (2048 below). */
    static final int PHASE = DEFAULT_PHASE - 1536;

    private final Relay relay;
    private volatile boolean running;

    RelayLifecycle(Relay relay) {
        this.relay = relay;
    }

    @Override
    public void start() {
        relay.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        relay.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
