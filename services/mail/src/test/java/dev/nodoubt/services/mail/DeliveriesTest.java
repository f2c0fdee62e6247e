package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.test.EmbeddedPostgres;
import java.time.Duration;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DeliveriesTest {

    private static final Duration LEASE = Duration.ofMinutes(5);

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static EmbeddedPostgres server;

    private final MailDatabase database = new MailDatabase(server);
    private final Deliveries deliveries = database.deliveries;

    @BeforeAll
    static void start() {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aRecordedIntentWaitsAndCanBeRead() {
        UUID id = database.record();

        Delivery delivery = database.find(id);

        assertThat(delivery.state()).isEqualTo(DeliveryState.WAITING);
        assertThat(delivery.attempts()).isZero();
        assertThat(delivery.messageId()).isEqualTo("<" + id + "@mail.example>");
        assertThat(delivery.times().endedAt()).isNull();
        assertThat(deliveries.find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void anIntentOfARolledBackTransactionWasNeverThere() {
        UUID id = UUID.randomUUID();

        assertThatThrownBy(() -> database.transactions.executeWithoutResult(status -> {
                    deliveries.record(id, "<m>", "a@b", new Notification("kim@example.com", "s", "t", null));
                    throw new IllegalStateException("the handler failed");
                }))
                .hasMessage("the handler failed");

        assertThat(deliveries.find(id)).isEmpty();
        assertThat(claim(DeliveryPolicy.AT_LEAST_ONCE)).isEmpty();
    }

    @Test
    void aClaimCarriesTheWholeIntentAndStandsAsSendingUntilItsLeaseEnds() {
        UUID id = database.record();

        Claim claim = claim(DeliveryPolicy.AT_LEAST_ONCE).orElseThrow();

        assertThat(claim.intent().id()).isEqualTo(id);
        assertThat(claim.intent().content()).isEqualTo(new Notification("kim@example.com", "이체 완료", "보냈습니다", "T-1"));
        assertThat(claim.attempts()).isEqualTo(1);
        assertThat(database.find(id).state()).isEqualTo(DeliveryState.SENDING);
        assertThat(claim(DeliveryPolicy.AT_LEAST_ONCE)).isEmpty();
    }

    @Test
    void anAttemptWhoseLeaseRanOutIsADoubtMoreAndTakenOverUnderAtLeastOnce() {
        database.recordAbandoned();

        Claim claim = claim(DeliveryPolicy.AT_LEAST_ONCE).orElseThrow();

        assertThat(claim.attempts()).isEqualTo(2);
        assertThat(claim.doubts()).isEqualTo(1);
    }

    @Test
    void anAttemptWhoseLeaseRanOutIsParkedUnderAtMostOnce() {
        UUID id = database.recordAbandoned();

        assertThat(claim(DeliveryPolicy.AT_MOST_ONCE)).isEmpty();
        assertThat(deliveries.park(Set.of())).isEqualTo(1);

        Delivery parked = database.find(id);
        assertThat(parked.state()).isEqualTo(DeliveryState.IN_DOUBT);
        assertThat(parked.doubts()).isEqualTo(1);
        assertThat(parked.times().nextAt()).isNull();
        assertThat(claim(DeliveryPolicy.AT_LEAST_ONCE)).isEmpty();
    }

    @Test
    void whatThisProcessStillHoldsIsNeitherTakenOverNorParked() {
        UUID id = database.recordAbandoned();

        assertThat(deliveries.claim(UUID.randomUUID(), LEASE, DeliveryPolicy.AT_LEAST_ONCE, Set.of(id)))
                .isEmpty();
        assertThat(deliveries.park(Set.of(id))).isZero();
    }

    @Test
    void anAttemptThatWasTakenOverCannotRecordItsEnd() {
        UUID id = database.record();
        Claim first = claim(DeliveryPolicy.AT_LEAST_ONCE).orElseThrow();
        database.jdbc.sql("UPDATE delivery SET next_at = now()").update();
        Claim second = claim(DeliveryPolicy.AT_LEAST_ONCE).orElseThrow();
        NextStep failed = new NextStep(DeliveryState.FAILED, 0, null, "554 no");
        NextStep sent = new NextStep(DeliveryState.SENT, 1, null, "250 ok");

        assertThat(deliveries.complete(first, failed)).isFalse();
        assertThat(deliveries.complete(second, sent)).isTrue();
        assertThat(deliveries.complete(second, failed)).isFalse();

        assertThat(database.find(id).state()).isEqualTo(DeliveryState.SENT);
    }

    @Test
    void aClaimOfWhichNothingWasSentIsGivenBackWithoutATrace() {
        UUID id = database.record();
        UUID token = claim(DeliveryPolicy.AT_LEAST_ONCE).orElseThrow().token();

        deliveries.giveBack(UUID.randomUUID());
        assertThat(database.find(id).state()).isEqualTo(DeliveryState.SENDING);
        deliveries.giveBack(token);

        assertThat(database.find(id).state()).isEqualTo(DeliveryState.WAITING);
        assertThat(database.find(id).attempts()).isZero();
    }

    @Test
    void whatGivesBackAClaimInDoubtLeavesItInDoubt() {
        UUID id = database.recordAbandoned();
        UUID token = claim(DeliveryPolicy.AT_LEAST_ONCE).orElseThrow().token();

        deliveries.giveBack(token);

        assertThat(database.find(id).state()).isEqualTo(DeliveryState.IN_DOUBT);
    }

    @Test
    void aRepetitionWaitsForItsTime() {
        database.record();
        Claim claim = claim(DeliveryPolicy.AT_LEAST_ONCE).orElseThrow();

        deliveries.complete(claim, new NextStep(DeliveryState.WAITING, 0, Duration.ofMinutes(5), "451 later"));
        assertThat(claim(DeliveryPolicy.AT_LEAST_ONCE)).isEmpty();
        database.jdbc
                .sql("UPDATE delivery SET next_at = next_at - interval '6 minutes'")
                .update();

        assertThat(claim(DeliveryPolicy.AT_LEAST_ONCE)).map(Claim::attempts).hasValue(2);
    }

    @Test
    void workersThatClaimTogetherNeverGetTheSameDelivery() throws Exception {
        int mails = 60;
        for (int i = 0; i < mails; i++) {
            database.record();
        }
        Callable<List<UUID>> worker = () -> {
            List<UUID> mine = new ArrayList<>();
            for (Optional<Claim> claim = claim(DeliveryPolicy.AT_LEAST_ONCE);
                    claim.isPresent();
                    claim = claim(DeliveryPolicy.AT_LEAST_ONCE)) {
                mine.add(claim.get().intent().id());
            }
            return mine;
        };

        assertThat(together(4, worker)).hasSize(mails).doesNotHaveDuplicates();
    }

    @Test
    void theTablesMayBeCreatedAgainAndByManyAtOnce() throws Exception {
        UUID id = database.record();

        together(4, () -> {
            new MailSchema(database.jdbc, database.transactions).create();
            return List.of();
        });

        assertThat(database.find(id).state()).isEqualTo(DeliveryState.WAITING);
    }

    private Optional<Claim> claim(DeliveryPolicy policy) {
        return deliveries.claim(UUID.randomUUID(), LEASE, policy, Set.of());
    }

    private static List<UUID> together(int threads, Callable<List<UUID>> task)
            throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<UUID>>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(task));
            }
            List<UUID> all = new ArrayList<>();
            for (Future<List<UUID>> future : futures) {
                all.addAll(future.get());
            }
            return all;
        } finally {
            executor.shutdownNow();
        }
    }
}
