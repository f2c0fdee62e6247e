package dev.nodoubt.test.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Threads for what happens at the same time. */
final class Crowd {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "nodoubt-conformance");
        thread.setDaemon(true);
        return thread;
    });

    private Crowd() {}

    /** Begins now. */
    static <T> Future<T> begin(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        THREADS.execute(future);
        return future;
    }

    /** Begins all at the same moment and waits for all; the results in the order of the tasks. */
    static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        CountDownLatch there = new CountDownLatch(tasks.size());
        List<Future<T>> futures = new ArrayList<>();
        for (Callable<T> task : tasks) {
            futures.add(begin(() -> {
                there.countDown();
                there.await();
                return task.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(result(future));
        }
        return results;
    }

    /** The result, or what the task threw. */
    static <T> T result(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
