package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cancel relies on it: who cannot hear what operators want goes on no longer than its lease. */
class RelayHearingTest {

    private static final Duration LEASE = Relay.Settings.DEFAULT.lease();

    private static final Target PATIENT =
            Rig.MAIL.withBackoff(new Backoff(Duration.ofSeconds(20), Duration.ofSeconds(20), 0));

    @ParameterizedTest
    @ValueSource(strings = {"demands", "cancelled"})
    void a_call_that_is_given_up_while_its_holder_cannot_hear_of_it_does_not_leave(String question) {
        Rig rig = Rig.started(PATIENT);
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        IdempotencyKey key = rig.send("mail");
        rig.pass("PT1S");
        rig.transport.answers(ScriptedTransport.EXECUTED);
        rig.breaks(question);

        rig.store.cancel(key);
        rig.pass("PT30S");
        assertThat(rig.relay.node().holdsLease()).isFalse();
        rig.mends(question);
        rig.pass("PT2S");

        assertThat(rig.relay.node().holdsLease()).isTrue();
        assertThat(rig.transport.sent()).hasSize(1);
        assertThat(rig.state(key)).isEqualTo(CallState.NEVER);
    }

    @Test
    void who_reads_a_backlog_on_and_hears_nothing_does_not_renew_its_lease() {
        Rig rig = Rig.started(Rig.inMemory(2), Rig.MAIL);
        rig.transport.hangs();
        for (int i = 0; i < 6; i++) {
            rig.send("mail");
        }
        rig.pass("PT1S");
        rig.breaks("demands");
        rig.pass("PT7S");
        int renewed = rig.asked("renew");
        int read = rig.asked("due");

        for (int i = 0; i < 2; i++) {
            rig.transport.sent().get(i).answer().complete(ScriptedTransport.EXECUTED);
            rig.pass("PT0.1S");
        }

        assertThat(rig.asked("due")).isGreaterThan(read);
        assertThat(rig.asked("renew")).isEqualTo(renewed);
    }

    @Test
    void a_lease_counts_from_before_it_was_asked_what_operators_want() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.pass("PT4.9S");

        rig.after("cancelled", () -> rig.loop.stall(Duration.ofSeconds(4)));
        rig.pass("PT0.1S");
        rig.loop.run();

        assertThat(rig.relay.node().lease()).isEqualTo(LEASE.minusSeconds(4));
    }

    @Test
    void a_relay_that_is_started_twice_beats_once() {
        Rig rig = Rig.started(Rig.MAIL);
        int before = rig.asked("demands");

        rig.relay.start();
        rig.pass("PT10S");

        assertThat(rig.asked("demands")).isEqualTo(before + 10);
    }

    @Test
    void who_has_no_time_for_calls_past_their_deadline_before_its_lease_ends_leaves_them_to_a_later_scan() {
        Rig rig = Rig.started(Rig.inMemory(2), Rig.MAIL);
        rig.store.pause("mail", true);
        rig.pass("PT2S");
        rig.send("mail");
        rig.send("mail");
        IdempotencyKey late = rig.send(rig.call("mail").withDeadline(Duration.ofSeconds(5)));
        rig.pass("PT8.5S");
        assertThat(rig.state(late)).isEqualTo(CallState.WAITING);

        rig.after("takeOver", () -> rig.loop.stall(Duration.ofSeconds(11)));
        rig.pass("PT0.5S");
        rig.loop.run();
        assertThat(rig.state(late)).isEqualTo(CallState.WAITING);

        rig.pass("PT11S");
        assertThat(rig.state(late)).isEqualTo(CallState.NEVER);
    }
}
