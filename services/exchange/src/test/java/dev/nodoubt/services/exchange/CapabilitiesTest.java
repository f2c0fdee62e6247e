package dev.nodoubt.services.exchange;

import static dev.nodoubt.services.exchange.Trader.ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.services.exchange.Trader.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PATIENCE_MILLIS = 30_000;
    private static final String OTHER = ORDER.replace("10,", "20,");

    private final List<ExchangeServer> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(ExchangeServer::close);
    }

    private Trader at(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--port", "0", "--loss", "0"));
        arguments.addAll(List.of(more));
        ExchangeServer server = ExchangeServer.start(Options.parse(arguments));
        started.add(server);
        return new Trader(server.port(), PATIENCE_MILLIS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "query", "net-cancel", "none"})
    void an_order_is_accepted_into_the_book(String capability) throws Exception {
        Trader trader = at("--capability", capability);

        Told told = trader.order("a");

        assertThat(told.status()).isEqualTo(201);
        assertThat(trader.book()).singleElement().satisfies(line -> {
            assertThat(line.path("orderId").asString()).isEqualTo(told.text("orderId"));
            assertThat(line.path("clientOrderId").asString()).isEqualTo("a");
            assertThat(line.path("symbol").asString()).isEqualTo("HANB");
            assertThat(line.path("side").asString()).isEqualTo("buy");
            assertThat(line.path("quantity").asLong()).isEqualTo(10);
            assertThat(line.path("price").asString()).isEqualTo("50000");
            assertThat(line.path("state").asString()).isEqualTo("accepted");
        });
        assertThat(trader.get("/health").text("capability")).isEqualTo(capability);
    }

    @ParameterizedTest
    @CsvSource({
        "HANB, buy, 10, 34999, must be 35000 to 65000",
        "HANB, buy, 10, 65000.01, must be 35000 to 65000",
        "MIRU, sell, 15, 12000, a multiple of its lot",
        "GONE, buy, 10, 50000, is not listed"
    })
    void what_breaks_a_rule_of_the_market_is_refused_for_good(
            String symbol, String side, int quantity, String price, String reason) throws Exception {
        Trader trader = at("--capability", "query");

        Told told = trader.order("a", """
                {"symbol":"%s","side":"%s","quantity":%d,"price":"%s"}""".formatted(symbol, side, quantity, price));

        assertThat(told.status()).isEqualTo(422);
        assertThat(told.text("reason")).contains(reason);
        assertThat(trader.query("a").status()).isEqualTo(422);
        assertThat(trader.book()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"symbol\":\"HANB\",\"side\":\"hold\",\"quantity\":10,\"price\":\"50000\"}",
                "{\"symbol\":\"HANB\",\"side\":\"buy\",\"quantity\":\"10\",\"price\":\"50000\"}",
                "{\"symbol\":\"HANB\",\"side\":\"buy\",\"quantity\":0,\"price\":\"50000\"}",
                "{\"symbol\":\"HANB\",\"side\":\"buy\",\"quantity\":10,\"price\":50000}",
                "{\"symbol\":\"HANB\",\"side\":\"buy\",\"quantity\":10,\"price\":\"50000\",\"note\":\"\"}"
            })
    void what_is_no_order_is_no_request(String body) throws Exception {
        Trader trader = at();

        assertThat(trader.order("a", body).status()).isEqualTo(400);
        assertThat(trader.book()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"key, 400", "query, 400", "net-cancel, 400", "none, 201"})
    void an_order_needs_its_client_order_id_where_that_means_something(String capability, int status) throws Exception {
        assertThat(at("--capability", capability).order(null, ORDER).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "key, GET, /orders/by-client-id/a",
        "key, POST, /orders/cancel",
        "query, POST, /orders/cancel",
        "net-cancel, GET, /orders/by-client-id/a",
        "none, GET, /orders/by-client-id/a",
        "none, POST, /orders/cancel",
        "query, GET, /nodoubt/outcome",
        "query, GET, /orders"
    })
    void what_is_not_offered_is_never_taken_for_an_unknown_order(String capability, String method, String path)
            throws Exception {
        Trader trader = at("--capability", capability);
        trader.order("a");

        assertThat(trader.send(method, path, "a", method.equals("GET") ? "" : ORDER)
                        .status())
                .isEqualTo(501);
    }

    @Test
    void a_remembered_key_gets_its_first_answer_again() throws Exception {
        Trader trader = at("--capability", "key");

        String first = trader.order("a").text("orderId");
        Told again = trader.order("a", ORDER.replace("50000", "50000.00"));

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text("orderId")).isEqualTo(first);
        assertThat(trader.order("a", OTHER).status()).isEqualTo(409);
        assertThat(trader.order("b", OTHER.replace("HANB", "GONE")).status()).isEqualTo(422);
        assertThat(trader.order("b", OTHER.replace("HANB", "GONE")).status()).isEqualTo(422);
        assertThat(trader.order("b", OTHER).status()).isEqualTo(409);
        assertThat(trader.book()).hasSize(1);
    }

    @Test
    void a_forgotten_key_is_a_new_order() throws Exception {
        Trader trader = at("--capability", "key", "--retention", "1ms");

        await().atMost(PATIENCE).until(() -> {
            trader.order("a");
            return trader.book().size() > 1;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "net-cancel", "none"})
    void without_keys_every_request_is_a_new_order(String capability) throws Exception {
        Trader trader = at("--capability", capability);

        trader.order("a");
        trader.order("a");

        assertThat(trader.book())
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line.path("clientOrderId").asString()).isEqualTo("a"));
    }

    @Test
    void an_order_can_be_asked_for() throws Exception {
        Trader trader = at("--capability", "query");

        String id = trader.order("a").text("orderId");

        assertThat(trader.query("a").status()).isEqualTo(200);
        assertThat(trader.query("a").text("orderId")).isEqualTo(id);
        assertThat(trader.query("b").status()).isEqualTo(404);
    }

    @Test
    void an_order_under_way_is_told_as_such() throws Exception {
        Trader trader = at("--capability", "query", "--processing-time", "1h", "--slow", "1h");
        Trader impatient = new Trader(started.get(0).port(), 20);

        Told told = impatient.order("a");

        assertThat(told.status()).isEqualTo(Trader.NO_ANSWER);
        await().atMost(PATIENCE).until(() -> trader.query("a").status() == 202);
        assertThat(trader.book()).isEmpty();
    }

    @Test
    void a_cancel_undoes_an_order_once_and_says_so_again() throws Exception {
        Trader trader = at("--capability", "net-cancel");
        trader.order("a");

        assertThat(trader.cancel("a", OTHER).status()).isEqualTo(400);
        assertThat(trader.cancel("a").status()).isEqualTo(200);
        assertThat(trader.cancel("a").status()).isEqualTo(200);
        assertThat(trader.book())
                .singleElement()
                .satisfies(line -> assertThat(line.path("state").asString()).isEqualTo("cancelled"));
    }

    @Test
    void a_cancel_without_an_order_is_not_remembered() throws Exception {
        Trader trader = at("--capability", "net-cancel");

        assertThat(trader.cancel("a").status()).isEqualTo(404);
        assertThat(trader.order("a").status()).isEqualTo(201);
        assertThat(trader.cancel("a").status()).isEqualTo(200);
    }

    @Test
    void a_filled_order_cannot_be_cancelled() throws Exception {
        Trader trader = at("--capability", "net-cancel", "--fill-time", "0s");
        trader.order("a");

        assertThat(trader.cancel("a").status()).isEqualTo(409);
        assertThat(trader.book())
                .singleElement()
                .satisfies(line -> assertThat(line.path("state").asString()).isEqualTo("filled"));
    }
}
