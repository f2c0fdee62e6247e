package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many calls of another node are taken over in rounds that follow one another at once. */
class RelayTakeOverTest {

    private static final Target MANY_AT_ONCE = Rig.MAIL.withBulkhead(new Target.Bulkhead(100, null));

    private final Rig rig = new Rig(small(), MANY_AT_ONCE, Rig.STOCK);

    private static Relay.Settings small() {
        Relay.Settings d = Relay.Settings.DEFAULT;
        return new Relay.Settings(d.node(), d.lease(), d.scan(), 100, 20, d.retention());
    }

    @Test
    void they_are_read_in_large_pieces_however_many_rounds_there_are() {
        rig.transport.hangs();
        IntStream.range(0, 400).forEach(i -> rig.commit(rig.call("stock")));
        rig.relay.start();
        rig.loop.run();

        assertThat(rig.asked("takeOver")).isGreaterThanOrEqualTo(20);
        int held = rig.status("stock").held();
        assertThat(held).as("read until half the room is taken").isBetween(1, 60);

        rig.pass("PT1S");

        assertThat(rig.status("stock").held()).isGreaterThan(held);
    }

    @Test
    void a_call_to_another_target_is_still_handed_over_at_once() {
        rig.relay.start();
        rig.loop.run();
        rig.transport.hangs();
        IntStream.range(0, 60).forEach(i -> rig.send("mail"));
        IntStream.range(0, 400).forEach(i -> rig.dead(rig.call("stock"), false));
        int rounds = rig.asked("takeOver");
        rig.pass("PT2S");
        rig.pass("PT4S");
        assertThat(rig.asked("takeOver") - rounds).isGreaterThanOrEqualTo(20);
        int sent = rig.transport.sent().size();

        rig.send("mail");

        assertThat(rig.transport.sent()).hasSize(sent + 1);
    }
}
