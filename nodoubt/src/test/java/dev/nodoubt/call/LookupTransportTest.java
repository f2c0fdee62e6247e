package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookupTransportTest {

    /** Far beyond every bound of these tests. */
    private static final Duration PATIENT = Duration.ofMinutes(1);

    private static final Lookup NOTHING = key -> new Answer.Absent();

    private final ScriptedTransport others = new ScriptedTransport(new ManualLoop());
    private final CountDownLatch held = new CountDownLatch(1);

    @Test
    void a_query_is_answered_by_the_lookup_and_everything_else_by_the_other_transport() throws Exception {
        IdempotencyKey key = IdempotencyKey.create(Instant.now());
        Lookup lookup = asked -> asked.equals(key) ? new Answer.Absent() : ScriptedTransport.EXECUTED;
        try (LookupTransport transport = new LookupTransport(others, Map.of("mail", lookup), PATIENT)) {
            assertThat(result(transport, attempt("mail", Step.QUERY, key))).isEqualTo(new Answer.Absent());
            assertThat(others.sent()).isEmpty();

            result(transport, attempt("mail", Step.EXECUTE, key));
            result(transport, attempt("stock", Step.QUERY, key));

            assertThat(others.sent()).hasSize(2);
        }
    }

    @Test
    void it_can_ask_a_query_also_where_the_other_transport_cannot() {
        others.asks(Step.EXECUTE);
        try (LookupTransport transport = new LookupTransport(others, Map.of("mail", NOTHING), PATIENT)) {
            assertThat(transport.steps("mail")).containsExactlyInAnyOrder(Step.EXECUTE, Step.QUERY);
            assertThat(transport.steps("stock")).containsExactly(Step.EXECUTE);
        }
    }

    @Test
    void a_lookup_that_fails_is_lost_without_its_message() throws Exception {
        Lookup lookup = key -> {
            throw new CallStoreException("no row for " + key, null);
        };
        try (LookupTransport transport = new LookupTransport(others, Map.of("mail", lookup), PATIENT)) {
            assertThat(result(transport, query("mail")))
                    .isEqualTo(new AttemptResult.Lost("the lookup failed: CallStoreException"));
        }
    }

    @Test
    @SuppressWarnings("NullAway") // what an application does that is not checked
    void a_lookup_that_answers_nothing_is_lost() throws Exception {
        try (LookupTransport transport = new LookupTransport(others, Map.of("mail", key -> null), PATIENT)) {
            assertThat(result(transport, query("mail"))).isInstanceOf(AttemptResult.Lost.class);
        }
    }

    @Test
    void a_table_that_hangs_is_lost_where_it_was_asked_and_not_sent_where_it_was_not() throws Exception {
        Waiting hangs = key -> {
            held.await();
            return new Answer.Absent();
        };
        try (LookupTransport transport =
                new LookupTransport(others, Map.of("mail", unchecked(hangs)), Duration.ofMillis(200))) {
            List<AttemptResult> results = new ArrayList<>();
            List<CompletableFuture<Crossing>> asked = IntStream.range(0, LookupTransport.THREADS + 2)
                    .mapToObj(i -> transport.cross(query("mail")).toCompletableFuture())
                    .toList();
            for (CompletableFuture<Crossing> crossing : asked) {
                results.add(crossing.get(60, TimeUnit.SECONDS).result());
            }

            assertThat(results).filteredOn(AttemptResult.Lost.class::isInstance).hasSize(LookupTransport.THREADS);
            assertThat(results)
                    .filteredOn(AttemptResult.NotSent.class::isInstance)
                    .hasSize(2);
        } finally {
            held.countDown();
        }
    }

    @Test
    void a_table_that_hangs_delays_no_other_target() throws Exception {
        Map<String, Lookup> lookups = Map.of(
                "mail",
                unchecked(key -> {
                    held.await();
                    return new Answer.Absent();
                }),
                "stock",
                key -> ScriptedTransport.EXECUTED);
        try (LookupTransport transport = new LookupTransport(others, lookups, PATIENT)) {
            IntStream.range(0, 50).forEach(i -> transport.cross(query("mail")));

            assertThat(result(transport, query("stock"))).isEqualTo(ScriptedTransport.EXECUTED);
        } finally {
            held.countDown();
        }
    }

    @Test
    void closing_ends_what_is_under_way_and_what_comes_later() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        LookupTransport transport = new LookupTransport(
                others,
                Map.of("mail", unchecked(key -> {
                    lookups.incrementAndGet();
                    held.await();
                    return new Answer.Absent();
                })),
                PATIENT);
        List<CompletableFuture<Crossing>> asked = IntStream.range(0, 10)
                .mapToObj(i -> transport.cross(query("mail")).toCompletableFuture())
                .toList();

        transport.close();

        for (CompletableFuture<Crossing> crossing : asked) {
            assertThat(crossing.get(60, TimeUnit.SECONDS).result())
                    .isInstanceOfAny(AttemptResult.Lost.class, AttemptResult.NotSent.class);
        }
        assertThat(result(transport, query("mail"))).isInstanceOf(AttemptResult.NotSent.class);
        held.countDown();
        assertThat(lookups).hasValueLessThanOrEqualTo(LookupTransport.THREADS);
    }

    @Test
    void its_longest_attempt_is_the_longer_of_both() {
        try (LookupTransport quick = new LookupTransport(others, Map.of("mail", NOTHING), Duration.ofSeconds(1));
                LookupTransport slow = new LookupTransport(others, Map.of("mail", NOTHING), PATIENT)) {
            assertThat(quick.longest("mail")).isEqualTo(others.longest("mail"));
            assertThat(slow.longest("mail")).isEqualTo(PATIENT);
            assertThat(slow.longest("stock")).isEqualTo(others.longest("stock"));
        }
    }

    @Test
    void what_it_cannot_keep_is_refused() {
        assertThatThrownBy(() -> new LookupTransport(others, Map.of("bank", NOTHING), PATIENT))
                .hasMessageContaining("bank")
                .hasMessageContaining("mail");
        assertThatThrownBy(() -> new LookupTransport(others, Map.of(), Duration.ZERO))
                .hasMessageContaining("limit must be > 0");
    }

    /** A lookup that waits, as a table does that hangs. */
    @FunctionalInterface
    private interface Waiting {
        AttemptResult find(IdempotencyKey key) throws InterruptedException;
    }

    private static Lookup unchecked(Waiting waiting) {
        return key -> {
            try {
                return waiting.find(key);
            } catch (InterruptedException e) {
                throw new AssertionError("a lookup is never interrupted", e);
            }
        };
    }

    private static AttemptResult result(Transport transport, Attempt attempt) throws Exception {
        return transport
                .cross(attempt)
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)
                .result();
    }

    private static Attempt query(String target) {
        return attempt(target, Step.QUERY, IdempotencyKey.create(Instant.now()));
    }

    private static Attempt attempt(String target, Step step, IdempotencyKey key) {
        Request request = new Request(target, "POST", "/a", Payload.EMPTY);
        return new Attempt(step, key, request, 1, Duration.ofHours(1));
    }
}
