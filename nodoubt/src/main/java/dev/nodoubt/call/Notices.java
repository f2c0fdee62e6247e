package dev.nodoubt.call;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the application that calls are unresolved, one after the other, on a thread of its own, so that a slow listener
 * delays no delivery. Few wait in memory; the others wait in the store, where their calls are still in doubt. Lives on the
 * loop; the listener is called on {@code thread}.
 */
final class Notices {

    private static final Logger log = LoggerFactory.getLogger(Notices.class);
    private static final int MOST_WAITING = 100;

    private final CallListener listener;
    private final Loop loop;
    private final Executor thread;
    private final Queue<Notice> waiting = new ArrayDeque<>();
    private boolean telling;

    private record Notice(OpenCall call, Runnable told, Runnable later) {}

    Notices(CallListener listener, Loop loop, Executor thread) {
        this.listener = listener;
        this.loop = loop;
        this.thread = thread;
    }

    /** One of the two follows on the loop; {@code later} at once where too many wait. */
    void unresolved(OpenCall call, Runnable told, Runnable later) {
        if (waiting.size() == MOST_WAITING) {
            later.run();
            return;
        }
        waiting.add(new Notice(call, told, later));
        next();
    }

    private void next() {
        if (telling || waiting.isEmpty()) {
            return;
        }
        telling = true;
        Notice notice = waiting.remove();
        thread.execute(() -> {
            Runnable then = tell(notice);
            loop.execute(() -> {
                telling = false;
                then.run();
                next();
            });
        });
    }

    private Runnable tell(Notice notice) {
        OpenCall call = notice.call;
        try {
            listener.unresolved(call);
            return notice.told;
        } catch (RuntimeException | Error e) {
            log.warn(
                    "ND-0106 call {} to {} is unresolved, and its listener failed; told again later",
                    call.key(),
                    call.request().target(),
                    e);
            return notice.later;
        }
    }
}
