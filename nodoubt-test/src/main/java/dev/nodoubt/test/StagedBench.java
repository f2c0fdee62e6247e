package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.staged.Claim;
import dev.nodoubt.staged.Intent;
import dev.nodoubt.staged.IntentState;
import dev.nodoubt.staged.IntentStatus;
import dev.nodoubt.staged.StagedPolicy;
import dev.nodoubt.staged.StagedStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** What the contracts of a store of intents do with it. A bench has a kind of its own, so tables need not be emptied. */
final class StagedBench {

    static final String SCOPE = "bank";
    static final Duration LEASE = Duration.ofMinutes(5);

    final String kind = "k-" + UUID.randomUUID();
    private final StagedStore store;
    private final DataSource database;

    StagedBench(StagedParts parts) {
        this.store = parts.store();
        this.database = parts.database();
    }

    static UUID newId() {
        return IdempotencyKey.create(Instant.now()).uuid().orElseThrow();
    }

    Intent intent() {
        return new Intent(newId(), kind, SCOPE, Payload.json("{\"to\":\"kim\"}"));
    }

    Intent recorded() throws SQLException {
        Intent intent = intent();
        record(intent, true);
        return intent;
    }

    /** As a worker leaves it that died in the middle of its attempt: the lease has run out. The only one that is due. */
    Intent abandoned() throws SQLException {
        Intent intent = recorded();
        assertThat(claim(Duration.ZERO)).map(Claim::intent).hasValue(intent);
        return intent;
    }

    void record(Intent intent, boolean commit) throws SQLException {
        try (Connection transaction = begin()) {
            store.record(transaction, intent);
            if (commit) {
                transaction.commit();
            } else {
                transaction.rollback();
            }
        }
    }

    Connection begin() throws SQLException {
        Connection transaction = database.getConnection();
        transaction.setAutoCommit(false);
        return transaction;
    }

    Optional<Claim> claim() {
        return claim(LEASE);
    }

    Optional<Claim> claim(Duration lease) {
        return store.claim(kind, UUID.randomUUID(), lease, StagedPolicy.AT_LEAST_ONCE, Set.of());
    }

    Optional<Claim> claimAtMostOnce() {
        return store.claim(kind, UUID.randomUUID(), LEASE, StagedPolicy.AT_MOST_ONCE, Set.of());
    }

    /** Claims until there is nothing more, and says what. */
    List<UUID> claimAll() {
        List<UUID> mine = new ArrayList<>();
        for (Optional<Claim> claim = claim(); claim.isPresent(); claim = claim()) {
            mine.add(claim.get().intent().id());
        }
        return mine;
    }

    IntentStatus find(Intent intent) {
        return store.find(intent.scope(), intent.id()).orElseThrow();
    }

    Optional<IntentState> withdraw(Intent intent) {
        return store.withdraw(intent.scope(), intent.id());
    }

    static List<List<UUID>> together(List<Callable<List<UUID>>> tasks) throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
        try {
            List<List<UUID>> results = new ArrayList<>();
            for (Future<List<UUID>> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
