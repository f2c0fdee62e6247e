package dev.nodoubt.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConcurrencyTest extends ServiceTest {

    private static final int TRANSFERS = 100;
    private static final int THREADS = 8;
    private static final String WRONG_BALANCES = """
            select count(*)
            from account a
            where balance <> opening + (select coalesce(sum(amount), 0) from entry where account_id = a.id)
            """;
    private static final String UNBALANCED = """
            select count(*)
            from transfer t
            where (select count(*) || ' ' || sum(amount) from entry where transfer_id = t.id) <> '2 0.00'
            """;

    @Test
    void parallel_transfers_among_few_accounts_keep_the_sum_and_record_one_call_each() throws Exception {
        List<String> accounts = List.of(account("20.00"), account("20.00"), account("20.00"), account("20.00"));
        long transfers = count("transfer");
        long calls = calls();

        Map<Integer, Long> statuses = inParallel(orders(accounts)).stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(statuses.keySet()).isSubsetOf(201, 422);
        long committed = statuses.getOrDefault(201, 0L);
        assertThat(committed).isPositive();
        assertThat(count("transfer")).isEqualTo(transfers + committed);
        assertThat(calls()).isEqualTo(calls + committed);
        assertThat(accounts.stream().map(this::balance).map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualTo("80.00");
        assertThat(jdbc.sql(WRONG_BALANCES).query(Long.class).single()).isZero();
        assertThat(jdbc.sql(UNBALANCED).query(Long.class).single()).isZero();
    }

    /** In both directions between the same accounts, which is what deadlocks without an order of locks. */
    private List<Callable<Integer>> orders(List<String> accounts) {
        Random random = new Random(20261123);
        List<Callable<Integer>> orders = new ArrayList<>();
        for (int i = 0; i < TRANSFERS; i++) {
            int from = random.nextInt(accounts.size());
            int to = (from + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
            String amount = random.nextInt(15) + "." + (10 + random.nextInt(90));
            orders.add(
                    () -> transfer(accounts.get(from), accounts.get(to), amount).status());
        }
        return orders;
    }

    private static List<Integer> inParallel(List<Callable<Integer>> orders) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : threads.invokeAll(orders)) {
                statuses.add(answer.get());
            }
            return statuses;
        } finally {
            threads.shutdownNow();
        }
    }
}
