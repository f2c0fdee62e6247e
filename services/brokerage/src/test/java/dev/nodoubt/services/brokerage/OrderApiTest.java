package dev.nodoubt.services.brokerage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.AuditEntry;
import dev.nodoubt.call.Desk;
import dev.nodoubt.call.Operator;
import dev.nodoubt.services.brokerage.Client.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The API over an exchange that offers nothing and loses nearly everything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderApiTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String EXECUTED = """
            {"outcome":"executed","actor":"kim","evidence":"the exchange's desk confirmed it by telephone"}\
            """;

    private Brokerage brokerage;
    private Client client;

    @BeforeAll
    void start() throws Exception {
        brokerage = Brokerage.start("api", "none", "none", "0.95");
        client = brokerage.client();
    }

    @AfterAll
    void stop() {
        brokerage.close();
    }

    private long count() {
        return brokerage
                .bean(JdbcClient.class)
                .sql("select count(*) from stock_order")
                .query(Long.class)
                .single();
    }

    @Test
    void an_order_is_taken_once_per_key() {
        IdempotencyKey key = Client.newKey();

        Answer first = client.place(key, Client.order("HANB", 3));
        Answer again = client.place(key, Client.order("HANB", 3));

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(first.header("Location")).isEqualTo("/api/orders/" + first.text("id"));
        assertThat(first.body().at("/order/price").asString()).isEqualTo("50000.50");
        assertThat(first.text("state")).isEqualTo("waiting");
        assertThat(client.place(key, Client.order("HANB", 4)).status()).isEqualTo(422);
        Answer shown = client.get("/api/orders/" + first.text("id"));
        assertThat(shown.text("clientOrderId")).isEqualTo(first.text("clientOrderId"));
        assertThat(shown.body().at("/call/state").asString()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'side':'buy','quantity':1,'price':'1'} | symbol",
                "{'symbol':'hanb','side':'buy','quantity':1,'price':'1'} | symbol",
                "{'symbol':5,'side':'buy','quantity':1,'price':'1'} | symbol",
                "{'symbol':'HANB','side':'hold','quantity':1,'price':'1'} | side",
                "{'symbol':'HANB','side':'buy','quantity':0,'price':'1'} | quantity",
                "{'symbol':'HANB','side':'buy','quantity':1.5,'price':'1'} | quantity",
                "{'symbol':'HANB','side':'buy','quantity':'1','price':'1'} | quantity",
                "{'symbol':'HANB','side':'buy','quantity':1,'price':1} | price",
                "{'symbol':'HANB','side':'buy','quantity':1,'price':'0.00'} | price",
                "{'symbol':'HANB','side':'buy','quantity':1,'price':'-1'} | price",
                "{'symbol':'HANB','side':'buy','quantity':1,'price':null} | price",
                "{'symbol':'HANB','side':'buy','quantity':1,'price':'1','note':''} | request body",
                "[] | request body",
                "nonsense | request body"
            },
            quoteCharacter = '"')
    void a_request_of_bad_form_is_explained_and_changes_nothing(String body, String field) {
        long before = count();

        Answer refused = client.place(Client.newKey(), body.replace('\'', '"'));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.header("Nodoubt-Outcome")).isEqualTo("not-executed");
        assertThat(refused.text("type")).isEqualTo("urn:nodoubt:brokerage:invalid-input");
        assertThat(refused.text("field")).isEqualTo(field);
        assertThat(refused.text("detail")).contains(field).contains(refused.text("rule"));
        assertThat(count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999", "0", "x", "99999999999999999999"})
    void an_unknown_order_is_not_found(String id) {
        assertThat(client.get("/api/orders/" + id).text("type")).isEqualTo("urn:nodoubt:brokerage:unknown-order");
        assertThat(client.settle(id, EXECUTED).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"state=done, state", "after=x, after", "after=-1, after"})
    void a_list_that_cannot_be_is_refused(String query, String field) {
        Answer refused = client.get("/api/orders?" + query);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("field")).isEqualTo(field);
    }

    @Test
    void a_long_list_is_read_part_by_part_and_every_order_once() {
        brokerage.bean(JdbcClient.class).sql("""
                        insert into stock_order (client_order_id, symbol, side, quantity, price, state)
                        select gen_random_uuid(), 'HANB', 'buy', n, 1, 'rejected' from generate_series(1, 250) n
                        """).update();

        assertThat(client.orders("rejected").stream()
                        .map(order -> order.path("id").asString())
                        .distinct())
                .hasSize(250);
    }

    @ParameterizedTest
    @CsvSource({"executed, accepted", "never, never"})
    void an_order_in_doubt_is_settled_by_a_person_once(String outcome, String state) {
        String settlement = """
                {"outcome":"%s","actor":"kim","evidence":"the exchange's desk looked it up"}\
                """.formatted(outcome);
        await().atMost(PATIENCE).until(() -> {
            client.place(Client.newKey(), Client.order("HANB", 1));
            return !client.orders("in-doubt").isEmpty();
        });
        JsonNode doubtful = client.orders("in-doubt").get(0);
        String id = doubtful.path("id").asString();

        await().atMost(PATIENCE).until(() -> client.settle(id, settlement).status() == 200);

        Answer order = client.get("/api/orders/" + id);
        assertThat(order.text("state")).isEqualTo(state);
        assertThat(order.body().at("/call/evidence").asString()).isEqualTo("kim: the exchange's desk looked it up");
        IdempotencyKey key = IdempotencyKey.of(doubtful.path("clientOrderId").asString());
        assertThat(brokerage.bean(Desk.class).call(key).orElseThrow().audit())
                .extracting(AuditEntry::action, AuditEntry::by)
                .containsExactly(
                        tuple(AuditEntry.Action.SETTLE, new Operator("kim", "the exchange's desk looked it up")));
        assertThat(client.settle(id, settlement).status()).isEqualTo(409);
        assertThat(client.orders("in-doubt"))
                .noneMatch(one -> one.path("id").asString().equals(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"outcome\":\"executed\",\"actor\":\"kim\"}",
                "{\"outcome\":\"executed\",\"evidence\":\"x\"}",
                "{\"outcome\":\"executed\",\"actor\":\" \",\"evidence\":\"x\"}",
                "{\"outcome\":\"executed\",\"actor\":\"kim\",\"evidence\":\" \"}",
                "{\"outcome\":\"rejected\",\"actor\":\"kim\",\"evidence\":\"x\"}"
            })
    void a_settlement_needs_an_outcome_who_says_so_and_why(String settlement) {
        String id = client.place(Client.newKey(), Client.order("HANB", 1)).text("id");

        Answer refused = client.settle(id, settlement);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("type")).isEqualTo("urn:nodoubt:brokerage:invalid-input");
    }
}
