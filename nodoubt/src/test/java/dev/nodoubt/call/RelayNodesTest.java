package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What nodes share of a target, what its rate allows, and what is kept of its calls. */
class RelayNodesTest {

    private static final Target ONE_AT_A_TIME = Rig.MAIL.withBulkhead(new Target.Bulkhead(1, null));

    @Test
    void a_breaker_that_opens_tells_the_other_nodes_and_again_when_it_closes() {
        Rig rig = Rig.started(ONE_AT_A_TIME);
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        IntStream.range(0, 12).forEach(i -> rig.send("mail"));

        assertThat(rig.store.heldOff()).containsEntry("mail", rig.now().plusSeconds(30));
        rig.transport.answers(ScriptedTransport.EXECUTED);
        rig.pass("PT31S");

        assertThat(rig.store.heldOff()).isEmpty();
        assertThat(rig.store.open()).isZero();
    }

    @Test
    void what_another_node_found_holds_attempts_off_and_is_charged_to_no_call() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.store.holdOff("mail", Duration.ofSeconds(20));
        rig.pass("PT1S");

        IdempotencyKey key = rig.send("mail");
        IdempotencyKey found = rig.commit(rig.call("mail")).key();
        rig.pass("PT18S");
        assertThat(rig.transport.sent()).isEmpty();
        assertThat(rig.store.find(key).orElseThrow().attempts()).isZero();
        rig.pass("PT2S");

        assertThat(List.of(key, found)).allMatch(k -> rig.state(k) == CallState.EXECUTED);
    }

    @Test
    void a_call_that_is_cancelled_while_its_target_is_held_off_is_settled_at_once() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.store.holdOff("mail", Duration.ofHours(1));
        rig.pass("PT1S");
        IdempotencyKey key = rig.send("mail");

        rig.cancel(key);

        assertThat(rig.state(key)).isEqualTo(CallState.NEVER);
    }

    @Test
    void that_other_nodes_cannot_be_told_stops_nothing() {
        Rig rig = Rig.started(ONE_AT_A_TIME);
        rig.breaks("holdOff");
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        IntStream.range(0, 12).forEach(i -> rig.send("mail"));
        rig.transport.answers(ScriptedTransport.EXECUTED);

        rig.pass("PT31S");

        assertThat(rig.store.open()).isZero();
    }

    @ParameterizedTest
    @MethodSource
    void no_more_attempts_begin_in_a_second_than_the_rate_allows(Capability capability) {
        Rig rig = Rig.started(Rig.MAIL.withCapability(capability).withBulkhead(new Target.Bulkhead(16, 5.0)));

        IntStream.range(0, 30).forEach(i -> rig.send("mail"));
        rig.pass("PT10S");

        List<Long> at =
                rig.transport.sent().stream().map(ScriptedTransport.Sent::at).toList();
        assertThat(at).hasSize(30);
        for (int i = 5; i < at.size(); i++) {
            assertThat(at.get(i) - at.get(i - 5)).isGreaterThanOrEqualTo(999_000_000L);
        }
        assertThat(at.get(29)).as("and no fewer").isLessThanOrEqualTo(6_100_000_000L);
    }

    static List<Capability> no_more_attempts_begin_in_a_second_than_the_rate_allows() {
        return List.of(new Capability.Gate(), new Capability.None());
    }

    @Test
    void the_highest_priority_goes_first_when_a_permit_is_free() {
        Rig rig = Rig.started(ONE_AT_A_TIME);
        rig.transport.hangs();
        rig.send("mail");
        IdempotencyKey low = rig.send(rig.call("mail").withPriority(-1));
        IdempotencyKey normal = rig.send("mail");
        IdempotencyKey high = rig.send(rig.call("mail").withPriority(3));

        for (int i = 0; i < 4; i++) {
            rig.transport.sent().get(i).answer().complete(ScriptedTransport.EXECUTED);
            rig.loop.run();
        }

        assertThat(rig.transport.sent()).extracting(s -> s.attempt().key()).endsWith(high, normal, low);
    }

    @Test
    void attempts_are_kept_where_they_tell_something() {
        Rig rig = Rig.started(Rig.MAIL);
        IdempotencyKey plain = rig.send("mail");
        rig.transport.answers(ScriptedTransport.LOST);
        IdempotencyKey doubtful = rig.send("mail");
        rig.transport.answers(ScriptedTransport.EXECUTED);
        rig.pass("PT3S");

        assertThat(rig.relay.outbox().attempts(plain)).isEmpty();
        assertThat(rig.relay.outbox().attempts(doubtful))
                .extracting(a -> a.number() + " " + a.step() + " " + a.learnt().classification())
                .containsExactly("1 EXECUTE lost", "2 EXECUTE executed");
        assertThat(rig.relay.outbox().attempts(doubtful).get(0).learnt().reason())
                .isEqualTo("no answer within 3000 ms");
    }

    @Test
    void settled_calls_are_purged_after_their_retention_and_open_ones_are_not() {
        Relay.Settings d = Relay.Settings.DEFAULT;
        CallStore.Retention hour = new CallStore.Retention(Duration.ofHours(1), Duration.ofHours(1));
        Rig rig =
                Rig.started(new Relay.Settings(d.node(), d.lease(), d.scan(), d.inMemory(), d.batch(), hour), Rig.MAIL);
        List<IdempotencyKey> settled =
                IntStream.range(0, 2_500).mapToObj(i -> rig.send("mail")).toList();
        rig.transport.answers(ScriptedTransport.LOST);
        IdempotencyKey open = rig.send("mail");

        rig.pass("PT59M");
        assertThat(settled).allMatch(key -> rig.store.find(key).isPresent());
        rig.breaks("purge");
        rig.pass("PT5M");
        rig.mends("purge");
        rig.pass("PT2M");

        assertThat(settled).allMatch(key -> rig.store.find(key).isEmpty());
        assertThat(rig.state(open)).isEqualTo(CallState.IN_DOUBT);
    }

    @Test
    void a_second_call_with_a_business_key_finds_the_first_and_sends_nothing() {
        Rig rig = Rig.started(Rig.MAIL);
        IdempotencyKey first = rig.send(rig.call("mail").withBusinessKey("order 7"));

        Outbox.Recorded second = rig.commit(rig.call("mail").withBusinessKey("order 7"));
        second.committed();
        rig.pass("PT2S");

        assertThat(second.isEarlier()).isTrue();
        assertThat(second.key()).isEqualTo(first);
        assertThat(rig.transport.sent()).hasSize(1);
        assertThat(rig.relay.outbox().find("mail", "POST /api/orders", "order 7"))
                .map(RecordedCall::key)
                .contains(first);
    }
}
