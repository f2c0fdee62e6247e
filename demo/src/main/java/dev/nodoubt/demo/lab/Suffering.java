package dev.nodoubt.demo.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the receivers of some stories suffer: told once it is so, and when it is over. For one thread. */
final class Suffering {

    private static final Duration ARRIVE = Duration.ofSeconds(10);

    private final LabFault fault;
    private final Map<Receiver, List<Story>> stories = new LinkedHashMap<>();
    private final List<Begun> begun = new ArrayList<>();
    private boolean interrupted;

    private record Begun(Receiver.Trouble trouble, List<Story> stories, boolean suffered) {}

    Suffering(LabFault fault, Map<Receiver, List<Story>> stories) {
        this.fault = fault;
        this.stories.putAll(stories);
    }

    /** Returns when each receiver suffers it, or could not be made to. */
    void begin() {
        stories.forEach((receiver, concerned) -> {
            Receiver.Trouble trouble = receiver.trouble(fault);
            boolean suffered =
                    attempt(trouble::begin, why -> concerned.forEach(story -> story.failed("receiver", why)));
            begun.add(new Begun(trouble, concerned, suffered));
            if (suffered) {
                concerned.forEach(story -> story.step("receiver", "suffers_" + fault));
            }
        });
    }

    /**
     * When it has lasted long enough, or the lab ends: what was frozen must go on, or it could not end. A receiver that
     * does not come back leaves nobody waiting for it.
     */
    void end() {
        await();
        for (Begun one : begun) {
            boolean over =
                    attempt(one.trouble()::end, why -> one.stories().forEach(story -> story.abandon("receiver", why)));
            if (over && one.suffered()) {
                one.stories().forEach(story -> story.step("receiver", "recovers_" + fault));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void await() {
        if (interrupted) {
            return;
        }
        try {
            if (fault.awaitsRequests()) {
                for (Story story :
                        stories.values().stream().flatMap(Collection::stream).toList()) {
                    story.wire().awaitArrived(ARRIVE);
                }
            }
            Thread.sleep(fault.lasts().toMillis());
        } catch (InterruptedException e) {
            interrupted = true; // set again at the end: what undoes the trouble must be able to wait
        }
    }

    private interface Act {

        void run() throws Exception;
    }

    private boolean attempt(Act act, Consumer<Exception> failed) {
        try {
            act.run();
            return true;
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (Exception e) {
            failed.accept(e);
        }
        return false;
    }
}
