package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DueCallsTest {

    /** A clock that goes on whenever it is looked at, as a real one does. */
    private static final class TickingLoop implements Loop {
        private final AtomicLong time = new AtomicLong();

        @Override
        public void execute(Runnable task) {
            throw new AssertionError("nothing is to be run");
        }

        @Override
        public void schedule(Duration delay, Runnable task) {
            throw new AssertionError("nothing is to be run");
        }

        @Override
        public long nanoTime() {
            return time.incrementAndGet();
        }

        @Override
        public void close() {}
    }

    @Test
    void a_lane_that_was_never_read_is_worth_it_while_time_goes_on() {
        Rig rig = Rig.started(Rig.MAIL);
        TickingLoop loop = new TickingLoop();
        Node node = new Node(rig.store, "node", Duration.ofSeconds(15), loop::nanoTime);

        DueCalls due = new DueCalls(rig.store, node, loop, Duration.ofSeconds(1));

        assertThat(due.isWorthIt(rig.relay.requireLane("mail"))).isTrue();
    }
}
