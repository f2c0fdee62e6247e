package dev.nodoubt.call;

import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the application that a call is unresolved, before that is written. The listener is called on {@code io}. */
final class Notices {

    private static final Logger log = LoggerFactory.getLogger(Notices.class);

    private final CallListener listener;
    private final Loop loop;
    private final Executor io;

    Notices(CallListener listener, Loop loop, Executor io) {
        this.listener = listener;
        this.loop = loop;
        this.io = io;
    }

    /** One of the two follows on the loop. */
    void unresolved(OpenCall call, Runnable told, Runnable failed) {
        io.execute(() -> {
            Runnable next = told;
            try {
                listener.unresolved(call);
            } catch (RuntimeException e) {
                next = failed;
                log.warn(
                        "call {} to {} is unresolved, and its listener failed; told again later",
                        call.key(),
                        call.request().target(),
                        e);
            }
            loop.execute(next);
        });
    }
}
