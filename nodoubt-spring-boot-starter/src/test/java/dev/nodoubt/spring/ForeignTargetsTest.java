package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Lookup;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.jdbc.JdbcLookup;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Systems that are no nodoubt receivers, configured by properties, over real HTTP, with everything that goes wrong. */
class ForeignTargetsTest {

    private static final String AT = "nodoubt.targets.exchange.";
    private static final List<String> FATES = List.of("well", "answer-lost", "request-lost", "late", "busy", "refused");
    private static final int ROUNDS = 3;

    private final String database = Databases.create();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    NodoubtSchemaAutoConfiguration.class,
                    NodoubtCallerAutoConfiguration.class))
            .withPropertyValues(
                    "spring.datasource.url=" + database,
                    "nodoubt.schema.mode=always",
                    AT + "key-header=Client-Order-Id",
                    AT + "codes.executed=201",
                    AT + "codes.rejected=422",
                    AT + "codes.not-executed=503",
                    AT + "backoff.first=100ms",
                    AT + "backoff.cap=200ms",
                    AT + "breaker.window=1000");

    @Test
    void aKeyThatIsRememberedEndsEveryDoubt() throws IOException {
        Map<String, String> ends = run(
                ForeignReceiver.Offer.KEY, runner.withPropertyValues(AT + "capability=key", AT + "key.retention=24h"));

        assertThat(ends)
                .isEqualTo(Map.of(
                        "well", "EXECUTED",
                        "answer-lost", "EXECUTED",
                        "request-lost", "EXECUTED",
                        "late", "EXECUTED",
                        "busy", "EXECUTED",
                        "refused", "REJECTED"));
    }

    @Test
    void aStatusQueryLeavesWhatIsAbsentAfterTheProcessingTimeToAPerson() throws IOException {
        Map<String, String> ends = run(ForeignReceiver.Offer.QUERY, query().withPropertyValues(QUERY_PATH));

        assertThat(ends).isEqualTo(QUERIED);
    }

    @Test
    void byChoiceAbsenceIsAssumedToBeNever() throws IOException {
        Map<String, String> ends = run(
                ForeignReceiver.Offer.QUERY,
                query().withPropertyValues(QUERY_PATH).withPropertyValues(AT + "query.assume-never=true"));

        Map<String, String> assumed = new TreeMap<>(QUERIED);
        assumed.put("request-lost", "NEVER");
        assertThat(ends).isEqualTo(assumed);
    }

    @Test
    void aFlagInASharedTableTellsAsMuchAsAQuery() throws IOException {
        PGSimpleDataSource shared = new PGSimpleDataSource();
        shared.setUrl(database);
        JdbcClient table = JdbcClient.create(shared);
        table.sql("CREATE TABLE flag (id uuid PRIMARY KEY, status varchar)").update();
        try (ForeignReceiver receiver = new ForeignReceiver(
                ForeignReceiver.Offer.NOTHING,
                key -> table.sql("INSERT INTO flag VALUES (?::uuid, 'DONE')")
                        .param(key)
                        .update())) {
            Map<String, String> ends = run(receiver, query().withBean("exchange", Lookup.class, () -> flag(shared)));

            assertThat(ends).isEqualTo(QUERIED);
        }
    }

    @Test
    void aNetCancelUndoesWhatIsInDoubtUntilItsWindowEnds() throws IOException {
        Map<String, String> ends = run(
                ForeignReceiver.Offer.NET_CANCEL,
                runner.withPropertyValues(
                        AT + "capability=net-cancel",
                        AT + "net-cancel.path=/orders/cancel",
                        AT + "net-cancel.after=600ms",
                        AT + "net-cancel.window=2s",
                        AT + "net-cancel.executed=409",
                        AT + "net-cancel.absent=404"));

        assertThat(ends)
                .isEqualTo(Map.of(
                        "well", "EXECUTED",
                        "answer-lost", "NEVER",
                        "request-lost", "UNRESOLVED",
                        "late", "NEVER",
                        "busy", "EXECUTED",
                        "refused", "REJECTED"));
    }

    @Test
    void whereNothingIsOfferedEveryDoubtIsForAPersonAndNothingIsSentTwice() throws IOException {
        Map<String, String> ends =
                run(ForeignReceiver.Offer.NOTHING, runner.withPropertyValues(AT + "capability=none"));

        assertThat(ends)
                .isEqualTo(Map.of(
                        "well", "EXECUTED",
                        "answer-lost", "UNRESOLVED",
                        "request-lost", "UNRESOLVED",
                        "late", "UNRESOLVED",
                        "busy", "EXECUTED",
                        "refused", "REJECTED"));
    }

    private static final Map<String, String> QUERIED = Map.of(
            "well", "EXECUTED",
            "answer-lost", "EXECUTED",
            "request-lost", "UNRESOLVED",
            "late", "EXECUTED",
            "busy", "EXECUTED",
            "refused", "REJECTED");

    private static final String[] QUERY_PATH = {
        AT + "query.path=/orders/{key}", AT + "query.rejected=422", AT + "query.absent=404"
    };

    private ApplicationContextRunner query() {
        return runner.withPropertyValues(AT + "capability=query", AT + "query.processing-time=1500ms");
    }

    private static JdbcLookup flag(DataSource shared) {
        return JdbcLookup.flag(shared, "SELECT status FROM flag WHERE id = ?", Set.of("DONE"), Set.of());
    }

    private Map<String, String> run(ForeignReceiver.Offer offer, ApplicationContextRunner configured)
            throws IOException {
        try (ForeignReceiver receiver = new ForeignReceiver(offer, key -> {})) {
            return run(receiver, configured);
        }
    }

    /** How calls ended, by what went wrong with them; each was held against what the receiver did. */
    private static Map<String, String> run(ForeignReceiver receiver, ApplicationContextRunner configured) {
        Map<String, String> ends = new TreeMap<>();
        configured.withPropertyValues(AT + "base-url=" + receiver.base()).run(context -> {
            Outbox outbox = context.getBean(Outbox.class);
            Map<IdempotencyKey, String> calls = send(
                    context.getBean(DurableCalls.class),
                    new TransactionTemplate(context.getBean(PlatformTransactionManager.class)));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> calls.keySet().stream().allMatch(key -> hasEnded(call(outbox, key))));
            calls.forEach((key, fate) -> {
                RecordedCall call = call(outbox, key);
                agrees(call, receiver);
                assertThat(ends.merge(fate, call.state().name(), (a, b) -> a.equals(b) ? a : a + " and " + b))
                        .as(fate)
                        .isEqualTo(call.state().name());
            });
        });
        return ends;
    }

    private static Map<IdempotencyKey, String> send(DurableCalls calls, TransactionTemplate transaction) {
        Map<IdempotencyKey, String> sent = new LinkedHashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            for (String fate : FATES) {
                Call call = Call.post("exchange", "/orders", Payload.json("{\"fate\":\"" + fate + "\"}"));
                transaction.executeWithoutResult(status -> sent.put(calls.send(call), fate));
            }
        }
        return sent;
    }

    private static RecordedCall call(Outbox outbox, IdempotencyKey key) {
        return outbox.find(key).orElseThrow();
    }

    private static boolean hasEnded(RecordedCall call) {
        return call.settled() != null || call.state() == CallState.UNRESOLVED;
    }

    private static void agrees(RecordedCall call, ForeignReceiver receiver) {
        long orders = receiver.orders(call.key().value());
        switch (call.state()) {
            case EXECUTED -> assertThat(orders).as("executed: %s", call).isEqualTo(1);
            case REJECTED, NEVER ->
                assertThat(orders).as("did not happen: %s", call).isZero();
            default -> {
                assertThat(orders).as("in doubt: %s", call).isLessThanOrEqualTo(1);
                assertThat(receiver.requests(call.key().value())).isEqualTo(1);
                assertThat(call.last()).isNotBlank();
            }
        }
    }
}
