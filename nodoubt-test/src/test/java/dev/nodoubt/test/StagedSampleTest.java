package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.jdbc.JdbcStagedStore;
import dev.nodoubt.staged.Claim;
import dev.nodoubt.staged.EffectResult;
import dev.nodoubt.staged.Intent;
import dev.nodoubt.staged.IntentState;
import dev.nodoubt.staged.StagedEffects;
import dev.nodoubt.staged.StagedKind;
import dev.nodoubt.staged.StagedPolicy;
import dev.nodoubt.staged.StagedStore;
import dev.nodoubt.staged.StagedWorker;
import dev.nodoubt.staged.Withdrawal;
import dev.nodoubt.wire.GateEndpoint;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The README's sample of staged effects. */
@Timeout(60)
class StagedSampleTest {

    private final List<Claim> sent = new CopyOnWriteArrayList<>();

    @Test
    void a_gated_operation_records_what_a_worker_sends() {
        DataSource database = SharedPostgres.database("staged_sample");
        InstantSource clock = InstantSource.system();
        GateBench bench = new GateBench(SharedPostgres.gate(database));
        GateEndpoint endpoint = bench.endpoint;
        Payload mail = Payload.json("{\"to\":\"kim@example.com\"}");

        // tag::worker[]
        StagedStore store = new JdbcStagedStore(database);
        StagedKind kind = new StagedKind("mail", StagedPolicy.AT_LEAST_ONCE, Duration.ofSeconds(15), Backoff.DEFAULT);
        StagedWorker worker = new StagedWorker(store, kind, claim -> send(claim), StagedWorker.Settings.DEFAULT);
        worker.start();
        // end::worker[]
        WireRequest request = request(bench.newKey(), mail);
        // tag::record[]
        StagedEffects effects = new StagedEffects(store);
        UUID id = IdempotencyKey.create(clock.instant()).uuid().orElseThrow();
        WireResponse response = endpoint.execute("orders", request, transaction -> {
            effects.record(transaction, new Intent(id, "mail", "orders", mail));
            return Reply.of(202, Payload.json("{\"id\":\"" + id + "\"}"));
        });
        worker.wake(); // the attempt begins now; without this line, within a second
        // end::record[]

        while (effects.find("orders", id).orElseThrow().state() != IntentState.SENT) {
            Thread.onSpinWait();
        }
        // tag::withdraw[]
        Optional<Withdrawal> withdrawal = effects.withdraw("orders", id); // withdrawn, in progress, too late, in doubt
        // end::withdraw[]
        worker.close();
        assertThat(response.status()).isEqualTo(202);
        assertThat(sent).extracting(claim -> claim.intent().payload()).containsExactly(mail);
        assertThat(withdrawal).hasValue(new Withdrawal.TooLate(IntentState.SENT));
    }

    private EffectResult send(Claim claim) {
        sent.add(claim);
        return new EffectResult.Done("250 ok");
    }

    private static WireRequest request(IdempotencyKey key, Payload body) {
        Headers headers = Headers.NONE.and(Headers.IDEMPOTENCY_KEY, '"' + key.value() + '"');
        return new WireRequest("POST", "/mails", headers, body);
    }
}
