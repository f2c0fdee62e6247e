package dev.nodoubt.services.brokerage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Orders to an exchange that loses half of everything, compared with the exchange's own book. */
class LossyExchangeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ORDERS = 40;

    /**
     * What became of all orders.
     *
     * @param states by client order id
     * @param booked how many orders of each client order id are in the book
     * @param standing how many of them are not cancelled
     * @param inDoubt ids of the orders for a person
     */
    private record Result(
            Map<String, String> states,
            Map<String, Integer> booked,
            Map<String, Integer> standing,
            List<String> inDoubt) {

        int count(String state) {
            return (int) states.values().stream().filter(state::equals).count();
        }

        void requireTruth() {
            assertThat(states).hasSize(ORDERS);
            assertThat(count("rejected")).as("orders of an unlisted symbol").isLessThanOrEqualTo(ORDERS / 10);
            assertThat(standing.values()).as("doubled orders").allMatch(copies -> copies == 1);
            states.forEach((id, state) -> {
                int standing = this.standing.getOrDefault(id, 0);
                switch (state) {
                    case "accepted" ->
                        assertThat(standing).as("accepted %s", id).isEqualTo(1);
                    case "rejected", "never" ->
                        assertThat(standing).as("%s %s", state, id).isZero();
                    case "in-doubt" ->
                        assertThat(standing).as("in doubt %s", id).isLessThanOrEqualTo(1);
                    default -> throw new AssertionError(id + " has no outcome, it is " + state);
                }
            });
        }
    }

    private static Result trade(String capability, String... settings) throws Exception {
        return trade(capability, capability, settings);
    }

    private static Result trade(String offered, String believed, String[] settings) throws Exception {
        String database = "lossy_" + (offered + "_" + believed).replace('-', '_');
        try (Brokerage brokerage = Brokerage.start(database, offered, believed, "0.5", settings)) {
            Client client = brokerage.client();
            for (int i = 0; i < ORDERS; i++) {
                String symbol = i % 10 == 9 ? "GONE" : "HANB";
                assertThat(client.place(Client.newKey(), Client.order(symbol, i + 1))
                                .status())
                        .isEqualTo(201);
            }
            await().atMost(PATIENCE).until(() -> client.orders("waiting").isEmpty());
            Map<String, String> states = new HashMap<>();
            List<String> inDoubt = new ArrayList<>();
            for (String state : List.of("accepted", "rejected", "never", "in-doubt")) {
                for (JsonNode order : client.orders(state)) {
                    states.put(order.path("clientOrderId").asString(), state);
                    if (state.equals("in-doubt")) {
                        inDoubt.add(order.path("id").asString());
                    }
                }
            }
            Map<String, Integer> booked = new HashMap<>();
            Map<String, Integer> standing = new HashMap<>();
            for (JsonNode line : brokerage.exchange().book()) {
                String id = line.path("clientOrderId").asString();
                booked.merge(id, 1, Integer::sum);
                if (!line.path("state").asString().equals("cancelled")) {
                    standing.merge(id, 1, Integer::sum);
                }
            }
            return new Result(states, booked, standing, inDoubt);
        }
    }

    @Test
    void with_a_key_every_order_is_known_and_none_is_doubled() throws Exception {
        Result result = trade("key");

        result.requireTruth();
        assertThat(result.count("accepted")).isEqualTo(ORDERS - ORDERS / 10);
        assertThat(result.count("rejected")).isEqualTo(ORDERS / 10);
        assertThat(result.booked().values()).allMatch(copies -> copies == 1);
    }

    @Test
    void with_a_query_every_order_in_the_book_is_known_and_none_is_doubled() throws Exception {
        Result result = trade("query", "--nodoubt.targets.exchange.query.processing-time=3s");

        result.requireTruth();
        assertThat(result.booked().values()).allMatch(copies -> copies == 1);
        result.states().forEach((id, state) -> {
            if (state.equals("in-doubt")) {
                assertThat(result.booked())
                        .as("in doubt after the processing time")
                        .doesNotContainKey(id);
            }
        });
        assertThat(result.count("never")).isZero();
    }

    @Test
    void with_a_net_cancel_what_is_never_is_cancelled_in_the_book_and_none_is_doubled() throws Exception {
        Result result = trade(
                "net-cancel",
                "--nodoubt.targets.exchange.net-cancel.after=300ms",
                "--nodoubt.targets.exchange.net-cancel.window=4s");

        result.requireTruth();
        assertThat(result.booked().values()).allMatch(copies -> copies == 1);
        assertThat(result.count("never")).as("orders whose answer was lost").isPositive();
    }

    @Test
    void with_nothing_no_order_is_sent_a_second_time_and_the_doubtful_ones_are_listed() throws Exception {
        Result result = trade("none");

        result.requireTruth();
        assertThat(result.booked().values()).allMatch(copies -> copies == 1);
        assertThat(result.inDoubt()).as("orders whose answer was lost").isNotEmpty();
        assertThat(result.count("never")).isZero();
    }

    @Test
    void a_key_that_the_exchange_does_not_heed_is_found_by_this_comparison() throws Exception {
        Result result = trade("none", "key", new String[0]);

        assertThat(result.booked().values()).anyMatch(copies -> copies > 1);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(result::requireTruth)
                .withMessageContaining("doubled orders");
    }
}
