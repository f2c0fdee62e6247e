package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldCallsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final long BEFORE = 4;
    private static final long NODE = 5;

    private static final Instant LATER = NOW.plusSeconds(3600);
    private final HeldCalls calls = new HeldCalls(3);

    @Test
    void the_call_whose_step_comes_first_is_next_and_a_deadline_is_a_step_of_who_waits() {
        OpenCall later = call(CallState.WAITING, 60, 3600);
        OpenCall doubtful = call(CallState.IN_DOUBT, 50, 1);
        OpenCall ending = call(CallState.WAITING, 60, 40);
        List.of(later, doubtful, ending).forEach(call -> calls.add(call, NODE));

        assertThat(drain()).containsExactly(ending, doubtful, later);
    }

    @Test
    void a_new_incarnation_keeps_its_own_calls_and_drops_the_others() {
        calls.keepOnly(BEFORE);
        OpenCall old = call(CallState.WAITING, 0, 60);
        OpenCall mine = call(CallState.WAITING, 1, 60);
        calls.add(old, BEFORE);
        calls.add(mine, NODE);

        calls.keepOnly(NODE);

        assertThat(calls.find(old.key(), BEFORE)).isNull();
        assertThat(calls.size()).isEqualTo(1);
        assertThat(drain()).containsExactly(mine);
    }

    @Test
    void a_call_whose_incarnation_ended_during_its_attempt_is_not_held_again() {
        OpenCall call = call(CallState.WAITING, 0, 60);
        calls.add(call, BEFORE);
        Held underWay = calls.due(LATER).orElseThrow();
        calls.take(underWay);
        calls.keepOnly(NODE);

        calls.putBack(underWay, call.progress());

        assertThat(calls.size()).isZero();
        assertThat(calls.due(LATER)).isEmpty();
    }

    @Test
    void a_large_body_takes_the_room_of_several_calls_until_it_is_gone_or_set_aside() {
        calls.keepOnly(NODE);
        OpenCall large = call(CallState.WAITING, 0, 60, 2 * 4_096 + 10);
        calls.add(large, NODE);
        assertThat(calls.occupancy().isFull()).isTrue();

        Held held = Objects.requireNonNull(calls.find(large.key(), NODE));
        calls.take(held);
        calls.setAside(held);
        assertThat(calls.occupancy().isHalfFree()).isTrue();
        calls.putBack(held, large.progress());
        assertThat(calls.occupancy().isFull()).isTrue();
        calls.forget(held);
        calls.forget(held);
        assertThat(calls.occupancy().isFull()).isFalse();
        assertThat(calls.occupancy().room()).isEqualTo(new DueCalls.Room(3, 6));

        calls.add(call(CallState.WAITING, 0, 60, 100_000), NODE);
        assertThat(calls.occupancy().isFullWithoutAttempts()).isTrue();
        calls.keepOnly(NODE + 1);
        assertThat(calls.occupancy().room()).isEqualTo(new DueCalls.Room(3, 6));
    }

    @Test
    void there_is_room_for_as_many_calls_as_are_like_those_that_are_held() {
        HeldCalls many = new HeldCalls(100);
        many.keepOnly(NODE);
        many.add(call(CallState.WAITING, 0, 60, 9 * 4_096), NODE);
        many.add(call(CallState.WAITING, 0, 60, 9 * 4_096), NODE);

        assertThat(many.occupancy().room()).isEqualTo(new DueCalls.Room(8, 18));
    }

    @Test
    void a_scan_says_when_not_all_that_it_found_had_room() {
        calls.keepOnly(NODE);
        calls.beginScan(true);
        OpenCall first = call(CallState.WAITING, 0, 60, 2 * 4_096);
        OpenCall second = call(CallState.WAITING, 1, 60);

        assertThat(calls.endScan(List.of(first, second), NODE, true, false)).isFalse();
        calls.forget(Objects.requireNonNull(calls.find(first.key(), NODE)));
        calls.beginScan(true);
        assertThat(calls.endScan(List.of(second), NODE, true, false)).isTrue();
    }

    @Test
    void a_call_that_is_committed_after_a_scan_failed_is_left_to_the_next_one() {
        calls.passOver();
        calls.beginScan(true);
        calls.scanFailed();
        OpenCall newest = call(CallState.WAITING, 0, 60);
        calls.add(newest, NODE);

        calls.endScan(List.of(), NODE, true, false);

        assertThat(calls.find(newest.key(), NODE)).isNull();
    }

    @Test
    void a_call_that_was_just_committed_waits_behind_those_in_the_store() {
        for (int i = 0; i < 4; i++) {
            calls.add(call(CallState.WAITING, i, 60), NODE);
        }
        calls.forget(calls.due(LATER).orElseThrow());
        OpenCall newest = call(CallState.WAITING, 5, 60);

        calls.add(newest, NODE);

        assertThat(calls.find(newest.key(), NODE)).isNull();
        calls.endScan(List.of(), NODE, true, false);
        calls.add(newest, NODE);
        assertThat(calls.find(newest.key(), NODE)).isNotNull();
    }

    @Test
    void a_call_committed_during_the_last_scan_of_a_backlog_is_held_when_that_has_ended() {
        for (int i = 0; i < 4; i++) {
            calls.add(call(CallState.WAITING, i, 60), NODE);
        }
        calls.forget(calls.due(LATER).orElseThrow());
        calls.beginScan(true);
        OpenCall newest = call(CallState.WAITING, 5, 60);
        calls.add(newest, NODE);
        assertThat(calls.find(newest.key(), NODE)).isNull();

        calls.endScan(List.of(), NODE, true, false);

        assertThat(calls.find(newest.key(), NODE)).isNotNull();
    }

    @Test
    void a_call_committed_under_an_incarnation_that_ended_meanwhile_is_not_held_under_the_next_one() {
        calls.keepOnly(BEFORE);
        for (int i = 0; i < 4; i++) {
            calls.add(call(CallState.WAITING, i, 60), BEFORE);
        }
        calls.forget(calls.due(LATER).orElseThrow());
        calls.beginScan(true);
        calls.add(call(CallState.WAITING, 5, 60), BEFORE);
        calls.keepOnly(NODE);

        calls.endScan(List.of(), NODE, true, false);

        assertThat(calls.size()).isZero();
    }

    @Test
    void what_becomes_due_while_a_scan_is_under_way_is_asked_for_after_it() {
        calls.beginScan(true);
        calls.expectMore();

        calls.endScan(List.of(), NODE, true, false);

        assertThat(calls.wantsScan()).isTrue();
        calls.beginScan(true);
        calls.endScan(List.of(), NODE, true, false);
        assertThat(calls.wantsScan()).isFalse();
    }

    @Test
    void a_scan_for_what_needs_no_attempt_says_nothing_of_those_that_wait_for_one() {
        for (int i = 0; i < 4; i++) {
            calls.add(call(CallState.WAITING, i, 60), NODE);
        }
        calls.beginScan(true);

        calls.endScan(List.of(), NODE, false, false);
        calls.forget(calls.due(LATER).orElseThrow());
        calls.forget(calls.due(LATER).orElseThrow());

        assertThat(calls.wantsScan()).isTrue();
    }

    @Test
    void what_has_no_room_is_left_to_a_scan_once_half_of_the_room_is_free() {
        for (int i = 0; i < 4; i++) {
            calls.add(call(CallState.WAITING, i, 60), NODE);
        }

        assertThat(calls.size()).isEqualTo(3);
        assertThat(calls.wantsScan()).isFalse();
        calls.forget(calls.due(LATER).orElseThrow());
        calls.forget(calls.due(LATER).orElseThrow());
        assertThat(calls.wantsScan()).isTrue();
        calls.endScan(List.of(), NODE, true, false);
        assertThat(calls.wantsScan()).isFalse();
    }

    @Test
    void a_row_that_was_written_while_a_scan_read_is_not_taken_from_that_scan() {
        OpenCall call = call(CallState.WAITING, 0, 60);
        calls.beginScan(true);
        calls.add(call, NODE);
        calls.forget(calls.due(LATER).orElseThrow());

        calls.endScan(List.of(call), NODE, true, false);
        assertThat(calls.size()).isZero();

        calls.beginScan(true);
        calls.endScan(List.of(call), NODE, true, false);
        assertThat(calls.size()).isEqualTo(1);
    }

    @Test
    void a_cancelled_call_comes_next_and_one_under_way_stays_there() {
        OpenCall first = call(CallState.IN_DOUBT, 10, 60);
        OpenCall second = call(CallState.IN_DOUBT, 20, 60);
        calls.add(first, NODE);
        calls.add(second, NODE);
        Held underWay = calls.due(LATER).orElseThrow();
        calls.take(underWay);

        calls.cancel(Set.of(first.key(), second.key()), NOW);

        assertThat(calls.due(LATER).orElseThrow().wakeAt()).isEqualTo(NOW);
        assertThat(calls.underWay()).containsExactly(first.key());
        assertThat(underWay.call().progress().givingUp()).isEqualTo(Progress.GivingUp.CANCELLED);
    }

    @Test
    void of_due_calls_the_highest_priority_comes_first_and_what_is_not_due_does_not_come() {
        OpenCall early = call(CallState.WAITING, 1, 60);
        OpenCall urgent = urgent(call(CallState.WAITING, 5, 60));
        OpenCall notDue = urgent(call(CallState.WAITING, 20, 60));
        List.of(early, notDue, urgent).forEach(call -> calls.add(call, NODE));

        assertThat(calls.due(NOW).map(Held::call)).isEmpty();
        assertThat(calls.due(NOW.plusSeconds(10)).map(Held::call)).contains(urgent);
        assertThat(calls.nextWake()).contains(NOW.plusSeconds(20));
    }

    @Test
    void what_is_forgotten_of_an_ended_incarnation_leaves_the_call_of_the_new_one() {
        OpenCall call = call(CallState.WAITING, 0, 60);
        calls.keepOnly(BEFORE);
        calls.add(call, BEFORE);
        Held old = calls.due(LATER).orElseThrow();
        calls.take(old);
        calls.keepOnly(NODE);
        calls.add(call, NODE);

        calls.forget(old);
        calls.beginScan(true);
        calls.endScan(List.of(call), NODE, true, false);

        assertThat(calls.size()).isEqualTo(1);
        assertThat(drain()).as("held once").containsExactly(call);
    }

    @Test
    void calls_that_need_no_attempt_have_as_much_room_again_and_those_that_are_told_of_take_none() {
        for (int i = 0; i < 3; i++) {
            calls.add(call(CallState.IN_DOUBT, i, 60), NODE);
        }
        assertThat(calls.occupancy().room().calls()).isZero();
        assertThat(calls.occupancy().room().withoutAttempts()).isEqualTo(3);

        calls.endScan(List.of(call(CallState.WAITING, 0, 0)), NODE, true, true);
        assertThat(calls.size()).isEqualTo(3);
        calls.endScan(List.of(call(CallState.WAITING, 0, 0)), NODE, false, true);
        assertThat(calls.size()).isEqualTo(4);
        assertThat(calls.occupancy().room().withoutAttempts()).isEqualTo(2);

        Held told = calls.due(LATER).orElseThrow();
        calls.take(told);
        calls.setAside(told);
        Held another = calls.due(LATER).orElseThrow();
        calls.take(another);
        calls.setAside(another);
        assertThat(calls.occupancy().room().calls()).isEqualTo(1);
        calls.putBack(told, told.call().progress());
        assertThat(calls.occupancy().room().calls()).isZero();
        calls.forget(told);
        assertThat(calls.occupancy().room().calls()).isEqualTo(1);
    }

    private static OpenCall urgent(OpenCall call) {
        Call.Labels labels = new Call.Labels(null, null, 9, Set.of(), null, null);
        return new OpenCall(call.key(), call.request(), new Terms(labels, null, false), call.progress(), null);
    }

    private List<OpenCall> drain() {
        List<OpenCall> drained = new ArrayList<>();
        for (Held h = calls.due(LATER).orElse(null);
                h != null;
                h = calls.due(LATER).orElse(null)) {
            drained.add(h.call());
            calls.take(h);
        }
        return drained;
    }

    private static OpenCall call(CallState state, int dueIn, int deadlineIn) {
        return call(state, dueIn, deadlineIn, 0);
    }

    private static OpenCall call(CallState state, int dueIn, int deadlineIn, int bytes) {
        return new OpenCall(
                IdempotencyKey.create(NOW),
                new Request("mail", "POST", "/", Payload.json("x".repeat(bytes))),
                new Terms(Call.Labels.NONE, null, false),
                new Progress(
                        state,
                        1,
                        NOW.plusSeconds(dueIn),
                        NOW.plusSeconds(deadlineIn),
                        null,
                        "",
                        state == CallState.WAITING ? null : Doubt.since(NOW)),
                null);
    }
}
