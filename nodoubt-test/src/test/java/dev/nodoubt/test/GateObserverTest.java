package dev.nodoubt.test;

import static dev.nodoubt.test.GateBench.effect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Answer;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.Watch;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Finding;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateHooks;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateObserver;
import dev.nodoubt.gate.GateRequest;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.gate.GateSettings.ForeignKeys;
import dev.nodoubt.gate.GateSettings.Keys;
import dev.nodoubt.gate.GateSettings.Retention;
import dev.nodoubt.gate.GateUpkeep;
import dev.nodoubt.gate.ReplyKeeper;
import dev.nodoubt.gate.Work;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an observer is told of a gate, and that it changes nothing. */
class GateObserverTest {

    private static final Reply CREATED = Reply.of(201, Payload.json("{}"));

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Keys are taken for a minute, rows kept for two. */
    private static final GateSettings SHORT = GateSettings.DEFAULT
            .with(new Keys(MINUTE, Duration.ZERO, true, ForeignKeys.REJECT))
            .with(new Retention(MINUTE.multipliedBy(2), MINUTE, MINUTE, 100));

    private final GateParts parts = SharedH2.gate("observed");
    private final GateBench bench = new GateBench(parts);

    /** Keeps in words what it is told. */
    private static final class Diary implements GateObserver {
        final List<String> lines = new ArrayList<>();

        @Override
        public Watch<Admission> executing(GateRequest request) {
            return page("execute");
        }

        @Override
        public Watch<Finding> querying(GateKey key) {
            return page("query");
        }

        @Override
        public Watch<Finding> fencing(GateKey key) {
            return page("fence");
        }

        @Override
        public void purged(int keys) {
            lines.add("purged " + keys);
        }

        private <R> Watch<R> page(String what) {
            return new Watch<>() {
                @Override
                public Scope open() {
                    lines.add("open " + what);
                    return () -> lines.add("close " + what);
                }

                @Override
                public void ended(R result) {
                    Object shown = result instanceof Finding finding ? finding.answer() : result;
                    lines.add(what + ": " + shown.getClass().getSimpleName());
                }

                @Override
                public void failed(Throwable fault) {
                    lines.add(what + " failed");
                }
            };
        }
    }

    @BeforeEach
    void begin() {
        bench.setHorizon(Instant.EPOCH);
    }

    private Gate gate(GateObserver observer, GateSettings settings) {
        return new Gate(
                parts.store(), parts.transactions(), settings, bench.clock, new GateHooks(ReplyKeeper.PLAIN, observer));
    }

    private Gate gate(GateObserver observer) {
        return gate(observer, GateSettings.DEFAULT);
    }

    @Test
    void anExecutionIsSeenAroundItsHandler() {
        Diary diary = new Diary();
        IdempotencyKey key = bench.newKey();
        Work work = effect(key, transaction -> {
            diary.lines.add("handler");
            return CREATED;
        });

        gate(diary).execute(GateBench.request(key, GateBench.BODY), work);

        assertThat(diary.lines).containsExactly("open execute", "handler", "close execute", "execute: Executed");
    }

    @Test
    void aQueryAndAFenceAreSeenOnceEach() {
        Diary diary = new Diary();
        Gate gate = gate(diary);
        IdempotencyKey tooOld = bench.keyOfAge(Duration.ofDays(20));

        gate.query(GateBench.SCOPE, bench.newKey());
        gate.fence(GateBench.SCOPE, bench.newKey(), Duration.ZERO, "");
        gate.fence(GateBench.SCOPE, tooOld, Duration.ZERO, "");

        assertThat(diary.lines)
                .filteredOn(line -> line.contains(":"))
                .containsExactly("query: Absent", "fence: Never", "fence: Never");
    }

    @Test
    void aPurgeIsTold() throws SQLException {
        Diary diary = new Diary();
        Gate gate = gate(diary, SHORT);
        bench.clock.advance(MINUTE.multipliedBy(2));
        round(gate); // what other tests left
        IdempotencyKey key = bench.newKey();
        gate.execute(GateBench.request(key, GateBench.BODY), effect(key, CREATED));
        diary.lines.clear();

        bench.clock.advance(MINUTE.multipliedBy(2));
        round(gate);

        assertThat(diary.lines).containsExactly("purged 1");
    }

    private static void round(Gate gate) throws SQLException {
        try (GateUpkeep upkeep = new GateUpkeep(gate)) {
            upkeep.round();
        }
    }

    @Test
    void anObserverThatThrowsChangesNothing() {
        GateObserver broken = new GateObserver() {
            @Override
            public Watch<Admission> executing(GateRequest request) {
                return new Watch<>() {
                    @Override
                    public Scope open() {
                        return () -> {
                            throw new IllegalStateException("no close today");
                        };
                    }

                    @Override
                    public void ended(Admission result) {
                        throw new IllegalStateException("no end today");
                    }
                };
            }

            @Override
            public Watch<Finding> querying(GateKey key) {
                throw new IllegalStateException("no query today");
            }
        };
        Gate gate = gate(broken);
        IdempotencyKey key = bench.newKey();

        Admission admission = gate.execute(GateBench.request(key, GateBench.BODY), effect(key, CREATED));
        Answer found = gate.query(GateBench.SCOPE, key).answer();

        assertThat(admission).isInstanceOf(Admission.Executed.class);
        assertThat(found).isInstanceOf(Outcome.Executed.class);
    }

    @Test
    void anErrorOfTheHandlerGoesOnAndIsSeen() {
        Diary diary = new Diary();
        Gate gate = gate(diary);
        IdempotencyKey key = bench.newKey();

        assertThatThrownBy(() -> gate.execute(GateBench.request(key, GateBench.BODY), transaction -> {
                    throw new AssertionError("a bug");
                }))
                .isInstanceOf(AssertionError.class);

        assertThat(diary.lines).containsExactly("open execute", "close execute", "execute failed");
    }
}
