package dev.nodoubt.services.mail;

import dev.nodoubt.staged.StagedWorker;
import org.springframework.context.SmartLifecycle;

/** Starts the worker when everything it needs is there, and ends it before anything of that goes. */
final class WorkerLifecycle implements SmartLifecycle {

    private final StagedWorker worker;

    WorkerLifecycle(StagedWorker worker) {
        this.worker = worker;
    }

    @Override
    public void start() {
        worker.start();
    }

    @Override
    public void stop() {
        worker.close();
    }

    @Override
    public boolean isRunning() {
        return worker.isRunning();
    }
}
