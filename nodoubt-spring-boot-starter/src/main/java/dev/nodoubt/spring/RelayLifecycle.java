package dev.nodoubt.spring;

import dev.nodoubt.call.Relay;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the relay after the web server, and stops it when the requests under way have ended but before the web server
 * and the data source go, so that what the last requests recorded is still delivered or handed back in order.
 */
final class RelayLifecycle implements SmartLifecycle {

    /** Between Spring Boot's graceful shutdown (1024 below the last phase) and its web server (2048 below). */
    static final int PHASE = DEFAULT_PHASE - 1536;

    private final Relay relay;
    private volatile State state = State.NEW;

    private enum State {
        NEW,
        RUNNING,
        CLOSED
    }

    RelayLifecycle(Relay relay) {
        this.relay = relay;
    }

    @Override
    public void start() {
        if (state == State.CLOSED) {
            throw new IllegalStateException(
                    "the relay was closed and cannot start again; make a new application context instead");
        }
        relay.start();
        state = State.RUNNING;
    }

    @Override
    public void stop() {
        state = State.CLOSED;
        relay.close();
    }

    @Override
    public boolean isRunning() {
        return state == State.RUNNING;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
