package dev.nodoubt.test;

import static dev.nodoubt.test.GateBench.assertWithheld;
import static dev.nodoubt.test.GateBench.effect;
import static dev.nodoubt.test.GateBench.none;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Admission.Reason;
import dev.nodoubt.gate.NotExecutedException;
import dev.nodoubt.gate.RejectedException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a gate must do over every {@link dev.nodoubt.gate.GateStore}: handlers that fail, or misbehave. Extend it, name the
 * parts, and run it.
 */
public abstract class GateHandlerContract {

    private static final Reply CREATED = Reply.of(201, Payload.json("{\"id\":7}"));

    private GateBench bench;

    /** What is under test. */
    protected abstract GateParts parts();

    @BeforeEach
    void prepare() {
        bench = new GateBench(parts());
    }

    @Test
    void a_handler_that_throws_leaves_nothing_and_its_exception_is_handed_out() {
        for (Exception thrown : new Exception[] {new IllegalStateException("boom"), new java.io.IOException("disk")}) {
            IdempotencyKey key = bench.newKey();

            Admission first = bench.execute(key, effect(key, transaction -> {
                throw thrown;
            }));

            assertThat(assertWithheld(first, Reason.HANDLER_FAILED).cause()).isSameAs(thrown);
            assertThat(bench.rows(key)).isZero();
            assertThat(bench.effects(key)).isZero();
        }
    }

    @Test
    void a_refusal_before_the_effect_began_answers_this_attempt_only() {
        IdempotencyKey key = bench.newKey();

        Admission first = bench.execute(key, effect(key, transaction -> {
            throw new NotExecutedException(Reply.of(400));
        }));

        assertThat(first).isEqualTo(new Admission.NotExecuted(Reply.of(400)));
        assertThat(bench.rows(key)).isZero();
        assertThat(bench.effects(key)).isZero();
        assertThat(bench.execute(key, effect(key, CREATED))).isInstanceOf(Admission.Executed.class);
    }

    @Test
    void a_refusal_that_the_handler_declares_is_recorded_whatever_its_status() {
        IdempotencyKey key = bench.newKey();
        Reply conflict = Reply.of(409, Payload.json("{\"seats\":0}"));

        Admission first = bench.execute(key, effect(key, transaction -> {
            throw new RejectedException(conflict);
        }));

        assertThat(first).isEqualTo(new Admission.Rejected(conflict, false));
        assertThat(bench.effects(key)).isZero();
        assertThat(bench.execute(key, none())).isEqualTo(new Admission.Rejected(conflict, true));
    }

    @Test
    void an_error_passes_through_and_leaves_nothing() {
        IdempotencyKey key = bench.newKey();

        assertThatThrownBy(() -> bench.execute(key, effect(key, transaction -> {
                    throw new StackOverflowError();
                })))
                .isInstanceOf(StackOverflowError.class);

        assertThat(bench.effects(key)).isZero();
        assertThat(bench.execute(key, effect(key, CREATED))).isInstanceOf(Admission.Executed.class);
    }

    /** Where the database lets a transaction go on, what a handler swallows is the handler's own affair. */
    @Test
    void a_statement_that_failed_and_was_swallowed_commits_nothing_or_all_the_rest() {
        IdempotencyKey key = bench.newKey();

        Admission admission = bench.execute(key, effect(key, transaction -> {
            try (Statement statement = transaction.createStatement()) {
                statement.execute("SELECT * FROM no_such_table");
            } catch (SQLException swallowed) {
                return CREATED;
            }
            throw new AssertionError("there is no such table");
        }));

        if (parts().failureEndsTransaction()) {
            assertWithheld(admission, Reason.HANDLER_FAILED);
        } else {
            assertThat(admission).isEqualTo(new Admission.Executed(CREATED, false));
        }
        int stands = parts().failureEndsTransaction() ? 0 : 1;
        assertThat(bench.rows(key)).isEqualTo(stands);
        assertThat(bench.effects(key)).isEqualTo(stands);
    }

    @Test
    void a_handler_that_ends_the_transaction_from_inside_is_told_and_never_runs_again() {
        IdempotencyKey key = bench.newKey();

        Admission first = bench.execute(key, effect(key, transaction -> {
            transaction.commit();
            return CREATED;
        }));

        assertWithheld(first, Reason.BROKEN);
        assertWithheld(bench.execute(key, none()), Reason.BROKEN);
        assertThat(bench.effects(key)).isEqualTo(1);
    }

    @Test
    void a_handler_that_commits_from_inside_and_then_fails_is_not_called_rolled_back() {
        IdempotencyKey thrown = bench.newKey();
        IdempotencyKey refused = bench.newKey();

        Admission afterThrow = bench.execute(thrown, effect(thrown, transaction -> {
            transaction.commit();
            throw new IllegalStateException("too late");
        }));
        Admission afterRefusal = bench.execute(refused, effect(refused, transaction -> {
            transaction.commit();
            return Reply.of(422);
        }));

        assertWithheld(afterThrow, Reason.BROKEN);
        assertWithheld(afterRefusal, Reason.BROKEN);
    }

    @Test
    void a_handler_that_commits_from_inside_and_then_fails_in_the_database_is_not_called_rolled_back() {
        IdempotencyKey key = bench.newKey();

        Admission admission = bench.execute(key, effect(key, transaction -> {
            transaction.commit();
            try (Statement statement = transaction.createStatement()) {
                statement.execute("SELECT * FROM no_such_table");
            }
            return CREATED;
        }));

        assertWithheld(admission, Reason.BROKEN);
        assertThat(bench.effects(key)).isEqualTo(1);
    }

    /** As a deadlock does it where the database then lets the session go on in a new transaction. */
    @Test
    void a_transaction_that_was_rolled_back_under_the_handler_has_no_effect_and_the_next_attempt_executes() {
        IdempotencyKey thrown = bench.newKey();
        IdempotencyKey swallowed = bench.newKey();

        Admission afterThrow = bench.execute(thrown, effect(thrown, transaction -> {
            transaction.rollback();
            throw new IllegalStateException("deadlock");
        }));
        Admission afterGoingOn = bench.execute(swallowed, effect(swallowed, transaction -> {
            transaction.rollback();
            return CREATED;
        }));

        // PostgreSQL ends no transaction by itself without refusing what follows: there it was the handler, and who
        // knows
        // what else it did.
        Reason reason = parts().failureEndsTransaction() ? Reason.BROKEN : Reason.HANDLER_FAILED;
        assertWithheld(afterThrow, reason);
        assertWithheld(afterGoingOn, reason);
        assertThat(bench.rows(thrown) + bench.effects(thrown) + bench.rows(swallowed) + bench.effects(swallowed))
                .isZero();
        assertThat(bench.execute(thrown, effect(thrown, CREATED))).isEqualTo(new Admission.Executed(CREATED, false));
    }

    @Test
    void a_gate_inside_a_gated_transaction_is_refused() {
        IdempotencyKey outer = bench.newKey();
        IdempotencyKey inner = bench.newKey();

        Admission admission = bench.execute(
                outer, effect(outer, transaction -> answer(bench.execute(inner, effect(inner, CREATED)))));

        assertThat(assertWithheld(admission, Reason.HANDLER_FAILED).cause())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gate");
        assertThat(bench.effects(outer) + bench.effects(inner)).isZero();
        assertThat(bench.execute(inner, effect(inner, CREATED))).isInstanceOf(Admission.Executed.class);
    }

    private static Reply answer(Admission admission) {
        return ((Admission.Executed) admission).reply();
    }

    @Test
    void a_conflict_inside_the_handler_is_not_repeated_by_the_gate() {
        IdempotencyKey key = bench.newKey();
        AtomicInteger runs = new AtomicInteger();

        Admission admission = bench.execute(key, effect(key, transaction -> {
            runs.incrementAndGet();
            throw new SQLException("could not serialize", "40001");
        }));

        assertWithheld(admission, Reason.HANDLER_FAILED);
        assertThat(runs).hasValue(1);
    }
}
