package dev.nodoubt.test;

import static dev.nodoubt.test.GateBench.assertWithheld;
import static dev.nodoubt.test.GateBench.effect;
import static dev.nodoubt.test.GateBench.none;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Answer;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Admission.Reason;
import dev.nodoubt.gate.Finding;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import java.io.IOException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** COMMITs whose answer is lost, or that are refused. */
class PostgresCommitTest {

    private static final Reply CREATED = Reply.of(201, Payload.json("{\"id\":7}"));

    private static CommitProxy proxy;
    private static GateBench direct;
    private static GateBench proxied;

    @BeforeAll
    static void start() {
        DataSource database = SharedPostgres.database("gatecommit");
        proxy = new CommitProxy(SharedPostgres.server().port());
        PGSimpleDataSource through = new PGSimpleDataSource();
        through.setUrl(SharedPostgres.server()
                .jdbcUrl("gatecommit")
                .replace(":" + SharedPostgres.server().port() + "/", ":" + proxy.port() + "/"));
        direct = new GateBench(SharedPostgres.gate(database));
        proxied = new GateBench(SharedPostgres.gate(through));
        direct.run(
                "CREATE TABLE IF NOT EXISTS once (n integer, CONSTRAINT once_n UNIQUE (n) DEFERRABLE INITIALLY DEFERRED)");
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
    }

    @BeforeEach
    @AfterEach
    void calm() {
        proxy.fault(CommitProxy.Fault.NONE);
    }

    @Test
    void a_commit_that_was_done_and_whose_answer_was_lost_is_unknown_until_somebody_asks() {
        IdempotencyKey key = direct.newKey();

        Admission first = proxied.execute(key, effect(key, transaction -> {
            proxy.fault(CommitProxy.Fault.ANSWER_LOST);
            return CREATED;
        }));

        assertWithheld(first, Reason.COMMIT_UNKNOWN);
        assertThat(settled(key).answer()).isEqualTo(new Outcome.Executed(CREATED));
        assertThat(direct.execute(key, none())).isEqualTo(new Admission.Executed(CREATED, true));
        assertThat(direct.effects(key)).isEqualTo(1);
    }

    @Test
    void a_commit_that_was_never_done_is_unknown_until_a_fence_decides() {
        IdempotencyKey key = direct.newKey();

        Admission first = proxied.execute(key, effect(key, transaction -> {
            proxy.fault(CommitProxy.Fault.COMMIT_LOST);
            return CREATED;
        }));

        assertWithheld(first, Reason.COMMIT_UNKNOWN);
        assertThat(settled(key).answer()).isEqualTo(new Answer.Absent());
        assertThat(direct.fence(key).answer()).isEqualTo(Outcome.Never.of(Outcome.Why.FENCED));
        assertWithheld(direct.execute(key, none()), Reason.FENCED);
        assertThat(direct.effects(key)).isZero();
    }

    @Test
    void after_a_commit_that_was_never_done_the_next_attempt_executes() {
        IdempotencyKey key = direct.newKey();
        proxied.execute(key, effect(key, transaction -> {
            proxy.fault(CommitProxy.Fault.COMMIT_LOST);
            return CREATED;
        }));

        assertThat(settled(key).answer()).isEqualTo(new Answer.Absent());

        assertThat(direct.execute(key, effect(key, CREATED))).isEqualTo(new Admission.Executed(CREATED, false));
        assertThat(direct.effects(key)).isEqualTo(1);
    }

    @Test
    void a_fence_whose_commit_is_in_doubt_says_unknown_and_the_next_one_decides() {
        for (CommitProxy.Fault fault :
                new CommitProxy.Fault[] {CommitProxy.Fault.ANSWER_LOST, CommitProxy.Fault.COMMIT_LOST}) {
            IdempotencyKey key = direct.newKey();
            proxy.fault(fault);

            assertThat(proxied.fence(key).answer()).isEqualTo(new Answer.Unknown());

            assertThat(direct.fence(key).answer()).isEqualTo(Outcome.Never.of(Outcome.Why.FENCED));
            assertWithheld(direct.execute(key, none()), Reason.FENCED);
        }
    }

    @Test
    void a_rejection_whose_commit_is_in_doubt_is_not_sent_as_one() {
        IdempotencyKey key = direct.newKey();

        Admission first = proxied.execute(key, effect(key, transaction -> {
            proxy.fault(CommitProxy.Fault.ANSWER_LOST);
            return Reply.of(422);
        }));

        assertWithheld(first, Reason.COMMIT_UNKNOWN);
        assertThat(settled(key).answer()).isEqualTo(new Outcome.Rejected(Reply.of(422)));
        assertThat(direct.effects(key)).isZero();
    }

    @Test
    void the_endpoint_answers_a_commit_in_doubt_with_503_and_unknown() {
        IdempotencyKey key = direct.newKey();
        WireRequest request = new WireRequest(
                "POST", "/x", Headers.NONE.and(Headers.IDEMPOTENCY_KEY, '"' + key.value() + '"'), GateBench.BODY);

        WireResponse response = proxied.endpoint.execute(GateBench.SCOPE, request, effect(key, transaction -> {
            proxy.fault(CommitProxy.Fault.ANSWER_LOST);
            return CREATED;
        }));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers().all(Headers.OUTCOME)).containsExactly("unknown");
        assertThat(response.headers().all(Headers.RETRY_AFTER)).containsExactly("1");
    }

    @Test
    void a_commit_that_a_deferred_constraint_refuses_is_rolled_back_for_sure() {
        IdempotencyKey key = direct.newKey();

        Admission admission = direct.execute(key, effect(key, transaction -> {
            try (var statement = transaction.createStatement()) {
                statement.execute("INSERT INTO once VALUES (1), (1)");
            }
            return CREATED;
        }));

        assertWithheld(admission, Reason.COMMIT_FAILED);
        assertThat(direct.query(key).answer()).isEqualTo(new Answer.Absent());
        assertThat(direct.effects(key)).isZero();
    }

    /** The server needs a moment to notice that a connection has gone. */
    private static Finding settled(IdempotencyKey key) {
        Finding finding = direct.query(key);
        while (finding.answer() instanceof Answer.InProgress) {
            finding = direct.query(key);
        }
        return finding;
    }
}
