package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.staged.Claim;
import dev.nodoubt.staged.Intent;
import dev.nodoubt.staged.IntentState;
import dev.nodoubt.staged.IntentStatus;
import dev.nodoubt.staged.NextStep;
import dev.nodoubt.staged.StagedStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link StagedStore} must do with intents that are withdrawn, and with old ones. Extend it, name the store, and run it.
 */
public abstract class StagedEndContract {

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
    void another_scope_neither_sees_nor_withdraws_an_intent() throws SQLException {
        Intent intent = bench.recorded();

        assertThat(store().find("shop", intent.id())).isEmpty();
        assertThat(store().find("bank ", intent.id())).isEmpty();
        assertThat(store().find("BANK", intent.id())).isEmpty();
        assertThat(store().withdraw("shop", intent.id())).isEmpty();
        assertThat(bench.find(intent).state()).isEqualTo(IntentState.WAITING);
    }

    @Test
    void a_waiting_intent_is_withdrawn_and_never_claimed_and_that_may_be_repeated() throws SQLException {
        Intent intent = bench.recorded();

        assertThat(bench.withdraw(intent)).hasValue(IntentState.WITHDRAWN);
        assertThat(bench.withdraw(intent)).hasValue(IntentState.WITHDRAWN);

        assertThat(bench.claim()).isEmpty();
        IntentStatus found = bench.find(intent);
        assertThat(found.state()).isEqualTo(IntentState.WITHDRAWN);
        assertThat(found.attempts()).isZero();
        assertThat(found.times().nextAt()).isNull();
        assertThat(found.times().endedAt()).isNotNull();
        assertThat(store().withdraw(StagedBench.SCOPE, UUID.randomUUID())).isEmpty();
    }

    @Test
    void what_is_not_waiting_any_more_is_not_withdrawn() throws SQLException {
        Intent sending = bench.recorded();
        Claim claim = bench.claim().orElseThrow();
        assertThat(bench.withdraw(sending)).hasValue(IntentState.SENDING);
        store().complete(claim, new NextStep(IntentState.IN_DOUBT, 1, Duration.ZERO, "reset"));
        assertThat(bench.withdraw(sending)).hasValue(IntentState.IN_DOUBT);
        store().complete(bench.claim().orElseThrow(), SENT);
        assertThat(bench.withdraw(sending)).hasValue(IntentState.SENT);

        Intent failed = bench.recorded();
        store().complete(bench.claim().orElseThrow(), FAILED);
        assertThat(bench.withdraw(failed)).hasValue(IntentState.FAILED);

        Intent dead = bench.abandoned();
        assertThat(bench.withdraw(dead)).hasValue(IntentState.IN_DOUBT);
        assertThat(bench.find(dead).state()).isEqualTo(IntentState.SENDING);
    }

    @Test
    void of_a_withdrawal_and_a_claim_that_race_exactly_one_gets_the_intent() throws Exception {
        int rounds = 100;
        List<Intent> intents = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            intents.add(bench.recorded());
        }

        List<List<UUID>> both = StagedBench.together(List.of(bench::claimAll, () -> withdrawAll(intents)));

        assertThat(both.get(0)).doesNotContainAnyElementsOf(both.get(1));
        assertThat(both.get(0).size() + both.get(1).size()).isEqualTo(rounds);
        assertThat(both.get(1))
                .allSatisfy(id -> assertThat(store().find(StagedBench.SCOPE, id)
                                .orElseThrow()
                                .state())
                        .isEqualTo(IntentState.WITHDRAWN));
    }

    @Test
    void final_intents_are_purged_after_their_retention_in_bounded_batches_and_others_never() throws SQLException {
        List<Intent> ended = List.of(bench.recorded(), bench.recorded(), bench.recorded());
        for (int i = 0; i < 2; i++) {
            store().complete(bench.claim().orElseThrow(), i == 0 ? SENT : FAILED);
        }
        bench.withdraw(ended.get(2));
        Intent parked = bench.abandoned();
        store().park(bench.kind, Set.of());
        Intent waiting = bench.recorded();

        assertThat(store().purge(bench.kind, Duration.ofHours(1), 10)).isZero();
        assertThat(store().purge("other", Duration.ZERO, 10)).isZero();
        assertThat(store().purge(bench.kind, Duration.ZERO, 2)).isEqualTo(2);
        assertThat(store().purge(bench.kind, Duration.ZERO, 2)).isEqualTo(1);
        assertThat(store().purge(bench.kind, Duration.ZERO, 2)).isZero();

        assertThat(ended)
                .allSatisfy(intent ->
                        assertThat(store().find(StagedBench.SCOPE, intent.id())).isEmpty());
        assertThat(bench.find(parked).state()).isEqualTo(IntentState.IN_DOUBT);
        assertThat(bench.find(waiting).state()).isEqualTo(IntentState.WAITING);
    }

    /** From the other end, so that the two meet. */
    private List<UUID> withdrawAll(List<Intent> intents) {
        List<UUID> mine = new ArrayList<>();
        for (int i = intents.size() - 1; i >= 0; i--) {
            if (bench.withdraw(intents.get(i)).equals(Optional.of(IntentState.WITHDRAWN))) {
                mine.add(intents.get(i).id());
            }
        }
        return mine;
    }
}
