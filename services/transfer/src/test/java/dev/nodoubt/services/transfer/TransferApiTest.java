package dev.nodoubt.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TransferApiTest extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void a_transfer_moves_the_money_in_two_entries_and_says_where_it_stands() {
        String from = account("100.00");
        String to = account("0");

        Answer answer = transfer(from, to, "12.34");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.response().headers().firstValue("Location")).hasValue("/api/transfers/" + answer.text("id"));
        assertThat(answer.text("amount")).isEqualTo("12.34");
        assertThat(answer.text("memo")).isEqualTo("점심 값");
        assertThat(answer.body().at("/notification/outcome").asString()).isEqualTo("waiting");
        assertThat(balance(from)).isEqualTo("87.66");
        assertThat(balance(to)).isEqualTo("12.34");
        assertThat(jdbc.sql("select account_id || ' ' || amount from entry where transfer_id = :id order by amount")
                        .param("id", Long.parseLong(answer.text("id")))
                        .query(String.class)
                        .list())
                .containsExactly(from + " -12.34", to + " 12.34");
    }

    @Test
    void the_notification_reaches_the_mail_service_and_its_delivery_is_shown_beside_the_outcome() {
        String id = transfer(account("5.00"), account("0"), "5").text("id");

        await().atMost(PATIENCE)
                .until(() -> notification(id).path("outcome").asString("").equals("executed"));

        JsonNode notification = notification(id);
        assertThat(notification.path("attempts").asInt()).isEqualTo(1);
        assertThat(notification.at("/delivery/state").asString()).isEqualTo("sent");
        assertThat(notification.path("deliveryReason").isNull()).isTrue();
        String key = '"' + notification.path("key").asString() + '"';
        JsonNode mail = json.readTree(MAIL.bodies().get(key));
        assertThat(mail.path("to").asString()).isEqualTo("minjun@example.com");
        assertThat(mail.path("transferId").asString()).isEqualTo(id);
        assertThat(mail.path("subject").asString())
                .contains("입금")
                .contains("received")
                .contains("5.00");
        assertThat(mail.path("text").asString()).contains("점심 값");
    }

    private JsonNode notification(String id) {
        return get("/api/transfers/" + id).body().path("notification");
    }

    @Test
    void a_repeated_request_finds_its_first_answer_and_moves_nothing_again() {
        String from = account("10.00");
        String to = account("0");
        IdempotencyKey key = newKey();
        long calls = calls();

        Answer first = transfer(key, order(from, to, "4"));
        Answer second = transfer(key, order(from, to, "4"));

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.response().body()).isEqualTo(first.response().body());
        assertThat(second.response().headers().firstValue("Idempotent-Replayed"))
                .hasValue("true");
        assertThat(balance(from)).isEqualTo("6.00");
        assertThat(calls()).isEqualTo(calls + 1);
    }

    @Test
    void insufficient_funds_are_a_recorded_refusal_that_later_money_does_not_change() {
        String from = account("1.00");
        String to = account("50.00");
        IdempotencyKey key = newKey();

        Answer refused = transfer(key, order(from, to, "1.01"));
        transfer(to, from, "20");
        Answer again = transfer(key, order(from, to, "1.01"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("type")).isEqualTo("urn:nodoubt:transfer:insufficient-funds");
        assertThat(refused.text("field")).isEqualTo("amount");
        assertThat(refused.text("value")).isEqualTo("1.01");
        assertThat(refused.response().headers().firstValue("Nodoubt-Outcome")).hasValue("rejected");
        assertThat(again.response().body()).isEqualTo(refused.response().body());
        assertThat(balance(from)).isEqualTo("21.00");
    }

    @Test
    void the_whole_balance_can_be_transferred() {
        String from = account("3.00");

        assertThat(transfer(from, account("0"), "3.00").status()).isEqualTo(201);
        assertThat(balance(from)).isEqualTo("0.00");
    }

    @Test
    void an_account_without_an_address_receives_money_and_nobody_is_told() {
        String from = account("3.00");
        String to = post("/api/accounts", "{\"owner\":\"Maya\"}").text("id");
        long calls = calls();

        Answer answer = transfer(from, to, "1");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().path("notification").isNull()).isTrue();
        assertThat(calls()).isEqualTo(calls);
    }

    @Test
    void a_balance_never_exceeds_what_its_column_holds() {
        String from = account("999999999999999.99");
        String to = account("999999999999999.99");
        jdbc.sql("update account set balance = 99999999999999999.99, opening = 99999999999999999.99 where id = :id")
                .param("id", to)
                .update();

        Answer refused = transfer(from, to, "0.01");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("type")).endsWith(":balance-limit");
        assertThat(new BigDecimal(balance(to))).isEqualByComparingTo("99999999999999999.99");
    }

    @Test
    void transfers_are_listed_newest_first_page_by_page() {
        String from = account("9.00");
        String to = account("0");
        String older = transfer(from, to, "1").text("id");
        String newer = transfer(from, to, "2").text("id");

        JsonNode first = get("/api/transfers?page=0&size=1").body();
        JsonNode second = get("/api/transfers?page=1&size=1").body();

        assertThat(first.at("/items/0/id").asString()).isEqualTo(newer);
        assertThat(first.path("next").asInt()).isEqualTo(1);
        assertThat(second.at("/items/0/id").asString()).isEqualTo(older);
        assertThat(get("/api/transfers?page=9999&size=100").body().path("items"))
                .isEmpty();
    }

    @Test
    void a_chosen_account_id_is_taken_once() {
        String body = "{\"id\":\"rent-2026\",\"owner\":\"집주인\",\"balance\":\"7\"}";

        Answer opened = post("/api/accounts", body);
        Answer taken = post("/api/accounts", body);

        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.response().headers().firstValue("Location")).hasValue("/api/accounts/rent-2026");
        assertThat(opened.text("balance")).isEqualTo("7.00");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.text("type")).endsWith(":account-exists");
    }

    @Test
    void the_called_system_is_shown_with_its_breaker() {
        JsonNode target = get("/api/targets").body().path(0);

        assertThat(target.path("name").asString()).isEqualTo("mail");
        assertThat(target.path("breaker").asString()).isEqualTo("closed");
        assertThat(target.path("breakerRemainingMs").asInt()).isZero();
        assertThat(target.path("permits").asInt()).isPositive();
    }

    @Test
    void the_page_comes_with_a_policy_that_allows_nothing_from_elsewhere() {
        Answer page = get("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.response().body())
                .contains("<form id=\"send\"")
                .doesNotContain("<style", "style=\"", "onclick");
        assertThat(page.response().headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'")
                        .doesNotContain("unsafe"));
    }
}
