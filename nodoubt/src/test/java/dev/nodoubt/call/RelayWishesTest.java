package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of operators' wishes that are many, or that no attempt does. */
class RelayWishesTest {

    private static final Target PATIENT =
            Rig.MAIL.withBackoff(new Backoff(Duration.ofMinutes(10), Duration.ofMinutes(10), 0));

    @Test
    void a_wish_behind_a_page_of_those_that_wait_is_done() {
        Rig rig = Rig.started(PATIENT);
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        List<IdempotencyKey> unsent = IntStream.range(0, MemoryCallStore.PAGE)
                .mapToObj(i -> rig.send("mail"))
                .toList();
        rig.transport.answers(ScriptedTransport.LOST);
        IdempotencyKey last = rig.send("mail");
        rig.pass("PT5S");
        rig.transport.answers(ScriptedTransport.EXECUTED);

        unsent.forEach(key -> rig.store.hurry(key, true));
        rig.store.hurry(last, false);
        rig.pass("PT3S");

        assertThat(rig.state(last)).isEqualTo(CallState.EXECUTED);
        assertThat(unsent).allSatisfy(key -> {
            assertThat(rig.state(key)).isEqualTo(CallState.WAITING);
            assertThat(rig.store.isHurried(key)).isTrue();
        });
    }

    @Test
    void a_handler_that_fails_runs_once_for_a_wish_also_while_its_target_is_paused() {
        Rig rig = Rig.started(PATIENT);
        rig.breaks("book");
        IdempotencyKey key = rig.send(rig.call("mail", "book"));
        rig.store.pause("mail", true);
        rig.pass("PT3S");
        int before = rig.asked("settle");

        rig.store.hurry(key, false);
        rig.pass("PT20S");

        assertThat(rig.asked("settle")).isEqualTo(before + 1);
        assertThat(rig.state(key)).isEqualTo(CallState.HANDLING);
        assertThat(rig.store.isHurried(key)).isFalse();
    }

    /** A cancel would take the row for one that has yet to wait, while what it says is old. */
    @Test
    void a_wish_stays_until_what_its_step_taught_is_written() {
        Rig rig = Rig.started(PATIENT);
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        IdempotencyKey key = rig.send("mail");
        rig.pass("PT2S");
        rig.transport.answers(ScriptedTransport.LOST);
        rig.breaks("write");

        rig.store.hurry(key, false);
        rig.pass("PT3S");
        assertThat(rig.transport.sent()).hasSize(2);
        assertThat(rig.store.isHurried(key)).isTrue();

        rig.mends("write");
        rig.pass("PT3S");
        assertThat(rig.state(key)).isEqualTo(CallState.IN_DOUBT);
        assertThat(rig.store.isHurried(key)).isFalse();
        assertThat(rig.transport.sent()).hasSize(2);
    }

    @Test
    void a_question_for_late_calls_that_takes_long_leaves_those_of_other_targets_to_a_later_scan() {
        Rig rig = Rig.started(Rig.inMemory(2), Rig.MAIL, Rig.STOCK);
        rig.store.pause("mail", true);
        rig.store.pause("stock", true);
        rig.pass("PT2S");
        List<String> targets = List.of("mail", "mail", "stock", "stock");
        targets.forEach(rig::send);
        List<IdempotencyKey> late = Stream.of("mail", "stock")
                .map(target -> rig.send(rig.call(target).withDeadline(Duration.ofSeconds(5))))
                .toList();
        rig.pass("PT8.5S");
        assertThat(late).extracting(rig::state).containsOnly(CallState.WAITING);

        rig.after("due", () -> rig.loop.stall(Duration.ofSeconds(2)));
        rig.pass("PT4S");
        assertThat(late).extracting(rig::state).containsExactlyInAnyOrder(CallState.NEVER, CallState.WAITING);

        rig.pass("PT10S");
        assertThat(late).extracting(rig::state).containsOnly(CallState.NEVER);
    }
}
