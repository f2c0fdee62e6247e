package dev.nodoubt.services.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.services.exchange.FaultPlan.Operation;
import dev.nodoubt.services.exchange.FaultPlan.Point;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FaultsTest {

    private static Point order(int number, int attempt) {
        return new Point(Operation.ORDER, "order-" + number, attempt);
    }

    private static List<Fault> faults(long seed, double loss) {
        FaultPlan plan = new FaultPlan(seed, loss);
        return IntStream.range(0, 5_000)
                .mapToObj(i -> plan.fault(order(i, 1 + i % 3)))
                .toList();
    }

    @Test
    void the_same_seed_gives_the_same_faults_and_another_one_others() {
        assertThat(faults(1, 0.3)).isEqualTo(faults(1, 0.3)).isNotEqualTo(faults(2, 0.3));
    }

    @Test
    void as_many_requests_meet_a_fault_as_was_asked_and_every_fault_is_met() {
        List<Fault> faults = faults(7, 0.3);

        assertThat(faults.stream().filter(fault -> fault != Fault.NONE).count()).isBetween(1_350L, 1_650L);
        assertThat(Set.copyOf(faults)).isEqualTo(EnumSet.allOf(Fault.class));
        assertThat(faults(7, 0)).containsOnly(Fault.NONE);
        assertThat(faults(7, 1)).doesNotContain(Fault.NONE);
    }

    @Test
    void a_late_order_is_late_within_the_processing_time() {
        Duration processing = Duration.ofSeconds(4);

        assertThat(IntStream.range(0, 1_000).mapToObj(i -> new FaultPlan(7, 0.3).lateness(order(i, 1), processing)))
                .allMatch(late -> late.compareTo(Duration.ofSeconds(2)) >= 0 && late.compareTo(processing) < 0);
    }

    @Test
    void every_fault_does_to_the_order_and_its_answer_what_it_says() throws Exception {
        FaultPlan plan = new FaultPlan(11, 0.9);
        Set<Fault> met = EnumSet.noneOf(Fault.class);
        List<String> arguments = List.of(
                "--port", "0", "--loss", "0.9", "--seed", "11", "--processing-time", "20ms", "--answer-delay", "1h");

        try (ExchangeServer server = ExchangeServer.start(Options.parse(arguments))) {
            Trader patient = new Trader(server.port(), 30_000);
            Trader impatient = new Trader(server.port(), 200);
            for (int number = 0; number < 40; number++) {
                int i = number;
                Fault fault = plan.fault(order(i, 1));
                met.add(fault);
                boolean silent = fault == Fault.ANSWER_HELD || fault == Fault.ANSWER_LATE;
                int before = patient.book().size();

                int status = (silent ? impatient : patient).order("order-" + i).status();

                int expected = switch (fault) {
                    case NONE, PROCESSED_LATE -> 201;
                    case BUSY -> 503;
                    case REQUEST_LOST, ANSWER_LOST, ANSWER_HELD, ANSWER_LATE -> Trader.NO_ANSWER;
                };
                boolean booked = fault != Fault.BUSY && fault != Fault.REQUEST_LOST;
                assertThat(status).as("order-%d met %s", i, fault).isEqualTo(expected);
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(patient.book())
                                .as("order-%d met %s", i, fault)
                                .hasSize(before + (booked ? 1 : 0)));
            }
        }
        assertThat(met).isEqualTo(EnumSet.allOf(Fault.class));
    }

    @Test
    void a_late_answer_comes_and_a_later_attempt_meets_a_fault_of_its_own() throws Exception {
        FaultPlan plan = new FaultPlan(11, 0.9);
        int late = IntStream.range(0, 1_000)
                .filter(i -> plan.fault(order(i, 1)) == Fault.ANSWER_LATE)
                .filter(i -> plan.fault(order(i, 2)) == Fault.BUSY)
                .findFirst()
                .orElseThrow();
        List<String> arguments = List.of("--port", "0", "--loss", "0.9", "--seed", "11", "--answer-delay", "10ms");

        try (ExchangeServer server = ExchangeServer.start(Options.parse(arguments))) {
            Trader trader = new Trader(server.port(), 30_000);

            assertThat(trader.order("order-" + late).status()).isEqualTo(201);
            assertThat(trader.order("order-" + late).status()).isEqualTo(503);
            assertThat(trader.book()).extracting(JsonNode::isObject).containsExactly(true);
        }
    }
}
