package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Payload;
import dev.nodoubt.staged.Claim;
import dev.nodoubt.staged.Intent;
import dev.nodoubt.staged.IntentState;
import dev.nodoubt.staged.IntentStatus;
import dev.nodoubt.staged.NextStep;
import dev.nodoubt.staged.StagedPolicy;
import dev.nodoubt.staged.StagedStore;
import dev.nodoubt.staged.StagedStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link StagedStore} must do with records, claims and doubts. Extend it, name the store, and run it; {@link StagedEndContract} says the rest.
 */
public abstract class StagedStoreContract {

    private static final NextStep SENT = new NextStep(IntentState.SENT, 0, null, "250 ok");
    private static final NextStep FAILED = new NextStep(IntentState.FAILED, 0, null, "554 no");

    @SuppressWarnings("NullAway.Init") // set before each test
    private StagedBench bench;

    /** The store under test, the same one for all tests. */
    protected abstract StagedParts parts();

    @BeforeEach
    void begin() {
        bench = new StagedBench(parts());
    }

    private StagedStore store() {
        return parts().store();
    }

    @Test
    void an_intent_is_recorded_if_and_only_if_its_transaction_commits() throws SQLException {
        Intent kept = bench.intent();
        Intent gone = bench.intent();

        bench.record(kept, true);
        bench.record(gone, false);

        IntentStatus found = bench.find(kept);
        assertThat(found.state()).isEqualTo(IntentState.WAITING);
        assertThat(found.attempts()).isZero();
        assertThat(found.last()).isNull();
        assertThat(found.times().endedAt()).isNull();
        assertThat(store().find(StagedBench.SCOPE, gone.id())).isEmpty();
        assertThat(bench.claim()).map(Claim::intent).hasValue(kept);
        assertThat(bench.claim()).isEmpty();
    }

    @Test
    void the_bytes_that_come_back_are_the_bytes_recorded() throws SQLException {
        byte[] bytes = {0, 1, -1, 39, 92, 127, -128, 10, 13};
        Intent binary = new Intent(
                StagedBench.newId(), bench.kind, "은행 '\\ 🏦 ", Payload.of(bytes, "application/octet-stream"));
        Intent empty = new Intent(StagedBench.newId(), bench.kind, StagedBench.SCOPE, Payload.EMPTY);
        Intent large = new Intent(
                StagedBench.newId(), bench.kind, StagedBench.SCOPE, Payload.of(new byte[200_000], "text/plain"));

        for (Intent intent : List.of(binary, empty, large)) {
            bench.record(intent, true);

            assertThat(bench.find(intent).intent()).isEqualTo(intent);
            assertThat(bench.claim()).map(Claim::intent).hasValue(intent);
        }
    }

    @Test
    void an_id_that_is_recorded_twice_is_refused_and_leaves_the_transaction_usable() throws SQLException {
        Intent once = bench.intent();
        Intent other = bench.intent();
        bench.record(once, true);

        try (Connection transaction = bench.begin()) {
            assertThatThrownBy(() -> store().record(transaction, once))
                    .isInstanceOf(StagedStoreException.class)
                    .hasMessageContaining("recorded already");
            store().record(transaction, other);
            transaction.commit();
        }

        assertThat(bench.find(other).state()).isEqualTo(IntentState.WAITING);
    }

    @Test
    void a_claim_stands_as_sending_until_its_lease_ends() throws SQLException {
        Intent intent = bench.recorded();
        Instant recordedAt = bench.find(intent).times().recordedAt();

        Claim claim = bench.claim().orElseThrow();

        IntentStatus found = bench.find(intent);
        assertThat(claim.attempts()).isEqualTo(1);
        assertThat(claim.doubts()).isZero();
        assertThat(claim.recordedAt()).isEqualTo(recordedAt);
        assertThat(found.state()).isEqualTo(IntentState.SENDING);
        assertThat(found.attempts()).isEqualTo(1);
        assertThat(found.times().nextAt()).isAfter(recordedAt.plus(StagedBench.LEASE.minusMinutes(1)));
        assertThat(bench.claim()).isEmpty();
    }

    @Test
    void a_worker_gets_its_own_kind_only_and_what_is_due_the_longest_first() throws SQLException {
        Intent first = bench.recorded();
        Intent second = bench.recorded();
        bench.record(
                new Intent(
                        StagedBench.newId(), "other-" + bench.kind.substring(2, 10), StagedBench.SCOPE, Payload.EMPTY),
                true);

        assertThat(bench.claim()).map(Claim::intent).hasValue(first);
        assertThat(bench.claim()).map(Claim::intent).hasValue(second);
        assertThat(bench.claim()).isEmpty();
    }

    @Test
    void an_attempt_whose_lease_ran_out_is_a_doubt_more_and_taken_over_under_at_least_once() throws SQLException {
        Intent intent = bench.abandoned();

        Claim claim = bench.claim().orElseThrow();

        assertThat(claim.attempts()).isEqualTo(2);
        assertThat(claim.doubts()).isEqualTo(1);
        assertThat(bench.find(intent).doubts()).isEqualTo(1);
    }

    @Test
    void an_attempt_whose_lease_ran_out_is_parked_under_at_most_once() throws SQLException {
        Intent intent = bench.abandoned();

        assertThat(bench.claimAtMostOnce()).isEmpty();
        assertThat(store().park(bench.kind, Set.of())).isEqualTo(1);

        IntentStatus parked = bench.find(intent);
        assertThat(parked.state()).isEqualTo(IntentState.IN_DOUBT);
        assertThat(parked.doubts()).isEqualTo(1);
        assertThat(parked.last()).isEqualTo("the attempt ended without a record");
        assertThat(parked.times().nextAt()).isNull();
        assertThat(bench.claim()).isEmpty();
        assertThat(store().park(bench.kind, Set.of())).isZero();
    }

    @Test
    void what_is_in_doubt_and_to_be_repeated_is_parked_when_the_policy_has_become_at_most_once() throws SQLException {
        Intent intent = bench.recorded();
        Claim claim = bench.claim().orElseThrow();
        store().complete(claim, new NextStep(IntentState.IN_DOUBT, 1, Duration.ZERO, "reset"));

        assertThat(bench.claimAtMostOnce()).isEmpty();
        assertThat(store().park(bench.kind, Set.of())).isEqualTo(1);

        assertThat(bench.find(intent).doubts()).isEqualTo(1);
        assertThat(bench.find(intent).last()).isEqualTo("reset");
    }

    @Test
    void what_this_process_still_holds_is_neither_taken_over_nor_parked() throws SQLException {
        Intent held = bench.abandoned();
        Set<UUID> ids = Set.of(bench.intent().id(), held.id());

        assertThat(store().claim(bench.kind, UUID.randomUUID(), StagedBench.LEASE, StagedPolicy.AT_LEAST_ONCE, ids))
                .isEmpty();
        assertThat(store().park(bench.kind, ids)).isZero();
        assertThat(bench.claim()).isPresent();
    }

    @Test
    void an_attempt_that_was_taken_over_cannot_record_its_end() throws SQLException {
        Intent intent = bench.recorded();
        Claim first = bench.claim(Duration.ZERO).orElseThrow();
        Claim second = bench.claim().orElseThrow();

        assertThat(store().complete(first, FAILED)).isFalse();
        assertThat(store().complete(second, SENT)).isTrue();
        assertThat(store().complete(second, FAILED)).isFalse();

        IntentStatus found = bench.find(intent);
        assertThat(found.state()).isEqualTo(IntentState.SENT);
        assertThat(found.last()).isEqualTo("250 ok");
        assertThat(found.times().nextAt()).isNull();
        assertThat(found.times().endedAt()).isAfterOrEqualTo(found.times().recordedAt());
    }

    @Test
    void a_claim_of_which_nothing_was_sent_is_given_back_without_a_trace_and_postponed() throws SQLException {
        Intent intent = bench.recorded();
        UUID token = bench.claim().orElseThrow().token();

        store().giveBack(bench.kind, UUID.randomUUID(), Duration.ZERO);
        assertThat(bench.find(intent).state()).isEqualTo(IntentState.SENDING);
        store().giveBack(bench.kind, token, Duration.ofMinutes(5));

        assertThat(bench.find(intent).state()).isEqualTo(IntentState.WAITING);
        assertThat(bench.find(intent).attempts()).isZero();
        assertThat(bench.claim()).isEmpty();
    }

    @Test
    void what_is_given_back_and_was_in_doubt_is_still_in_doubt() throws SQLException {
        Intent intent = bench.abandoned();
        UUID token = bench.claim().orElseThrow().token();

        store().giveBack(bench.kind, token, Duration.ZERO);

        assertThat(bench.find(intent).state()).isEqualTo(IntentState.IN_DOUBT);
        assertThat(bench.find(intent).doubts()).isEqualTo(1);
    }

    @Test
    void a_repetition_waits_for_its_time() throws SQLException {
        bench.recorded();
        Claim first = bench.claim().orElseThrow();
        store().complete(first, new NextStep(IntentState.WAITING, 0, Duration.ofMillis(0), "451 later"));
        Claim second = bench.claim().orElseThrow();

        store().complete(second, new NextStep(IntentState.WAITING, 0, Duration.ofMinutes(5), "451 later"));

        assertThat(second.attempts()).isEqualTo(2);
        assertThat(bench.claim()).isEmpty();
    }

    @Test
    void workers_that_claim_together_never_get_the_same_intent() throws Exception {
        int intents = 60;
        for (int i = 0; i < intents; i++) {
            bench.recorded();
        }

        List<UUID> all =
                StagedBench.together(List.of(bench::claimAll, bench::claimAll, bench::claimAll, bench::claimAll))
                        .stream()
                        .flatMap(List::stream)
                        .toList();

        assertThat(all).hasSize(intents).doesNotHaveDuplicates();
    }
}
