package dev.nodoubt.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.Outcome;
import dev.nodoubt.Outcome.Why;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.KnownCall;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** A notification that is fenced at its deadline, where the transfer is to be reversed then. */
@TestPropertySource(
        properties = {
            "spring.datasource.url=${test.never.url}",
            "transfer.mail.on-never=reverse",
            "transfer.mail.deadline=300ms",
            "nodoubt.targets.mail.backoff.first=50ms",
            "nodoubt.targets.mail.backoff.cap=50ms",
            // what the stand-in refuses is no outage
            "nodoubt.targets.mail.breaker.window=1000"
        })
class NeverTest extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private Reversals reversals;

    @Autowired
    private JdbcOperations operations;

    @Autowired
    private PlatformTransactionManager transactions;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        POSTGRES.createDatabase("transfer_never");
        properties.add("test.never.url", () -> POSTGRES.jdbcUrl("transfer_never"));
    }

    @Test
    void the_money_goes_back_with_entries_of_its_own_once_the_notification_is_never() {
        String from = account("10.00");
        String to = unreachable("1.00");

        String id = transfer(from, to, "4").text("id");
        JsonNode shown = awaitReversal(id);

        assertThat(shown.at("/notification/outcome").asString()).isEqualTo("never");
        assertThat(shown.at("/reversal/state").asString()).isEqualTo("reversed");
        assertThat(balance(from)).isEqualTo("10.00");
        assertThat(balance(to)).isEqualTo("1.00");
        String by = shown.at("/reversal/transfer").asString();
        JsonNode back = get("/api/transfers/" + by).body();
        assertThat(back.at("/reversal/state").asString()).isEqualTo("reverses");
        assertThat(back.at("/reversal/transfer").asString()).isEqualTo(id);
        assertThat(back.path("notification").isNull()).isTrue();
        assertThat(entries(id)).containsExactly(from + " -4.00", to + " 4.00");
        assertThat(entries(by)).containsExactly(to + " -4.00", from + " 4.00");
    }

    @Test
    void money_that_was_spent_meanwhile_is_not_taken_and_a_person_is_told_why() {
        String from = account("10.00");
        String to = unreachable("0");
        String id = transfer(from, to, "4").text("id");
        assertThat(transfer(to, from, "0.01").status()).isEqualTo(201);

        JsonNode shown = awaitReversal(id);

        assertThat(shown.at("/reversal/state").asString()).isEqualTo("reversal-refused");
        assertThat(shown.at("/reversal/why").asString()).isEqualTo("account " + to + " has less than 4.00 now");
        assertThat(balance(from)).isEqualTo("6.01");
        assertThat(balance(to)).isEqualTo("3.99");
        assertThat(count("reversal where transfer_id = " + id)).isEqualTo(1);
    }

    @Test
    void a_notification_that_was_executed_leaves_the_transfer_as_it_is() {
        String from = account("10.00");
        String id = transfer(from, account("0"), "4").text("id");

        await().atMost(PATIENCE).until(() -> outcome(id).equals("executed"));

        assertThat(get("/api/transfers/" + id).body().path("reversal").isNull()).isTrue();
        assertThat(balance(from)).isEqualTo("6.00");
    }

    @Test
    void the_handler_may_run_again_and_the_money_goes_back_once() {
        String from = account("10.00");
        String id = transfer(from, unreachable("0"), "4").text("id");
        awaitReversal(id);
        long transfers = count("transfer");

        settle(id, Why.FENCED);

        assertThat(count("transfer")).isEqualTo(transfers);
        assertThat(balance(from)).isEqualTo("10.00");
    }

    @ParameterizedTest
    @EnumSource(
            value = Why.class,
            names = {"ASSUMED", "CANCELLED"})
    void a_never_without_proof_moves_no_money(Why why) {
        String from = account("10.00");
        String id = transfer(from, silent(), "4").text("id");

        settle(id, why);

        JsonNode reversal = get("/api/transfers/" + id).body().path("reversal");
        assertThat(reversal.path("state").asString()).isEqualTo("reversal-refused");
        assertThat(reversal.path("why").asString()).contains(why.name());
        assertThat(balance(from)).isEqualTo("6.00");
    }

    /** As the relay does it, in a transaction that commits. */
    private void settle(String id, Why why) {
        Call recorded =
                Call.post("mail", "/api/notifications", Payload.json("{}")).withReference(id);
        KnownCall call = new KnownCall(recorded.key(), recorded.request(), recorded.labels(), Outcome.Never.of(why), 1);
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> operations.execute((ConnectionCallback<Boolean>) connection -> {
                    reversals.handle(connection, call);
                    return true;
                }));
    }

    private JsonNode awaitReversal(String id) {
        return await().atMost(PATIENCE)
                .until(
                        () -> get("/api/transfers/" + id).body(),
                        shown -> !shown.path("reversal").isNull());
    }

    private String outcome(String id) {
        return get("/api/transfers/" + id).body().at("/notification/outcome").asString("");
    }

    private List<String> entries(String transfer) {
        return jdbc.sql("select account_id || ' ' || amount from entry where transfer_id = :id order by amount")
                .param("id", Long.parseLong(transfer))
                .query((row, number) -> row.getString(1))
                .list();
    }

    private String unreachable(String balance) {
        return opened("\"email\":\"nobody" + MailStandIn.NEVER + "\",", balance);
    }

    /** An account whose owner is not told of money. */
    private String silent() {
        return opened("", "0");
    }

    private String opened(String email, String balance) {
        return post("/api/accounts", "{\"owner\":\"이서연\"," + email + "\"balance\":\"" + balance + "\"}")
                .text("id");
    }
}
