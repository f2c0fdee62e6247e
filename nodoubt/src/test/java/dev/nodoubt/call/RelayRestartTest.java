package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayRestartTest {

    @Test
    void a_relay_that_was_closed_starts_again_and_delivers_what_was_recorded_meanwhile() throws SQLException {
        MemoryCallStore store = new MemoryCallStore(Instant::now);
        Relay.Settings d = Relay.Settings.DEFAULT;
        Relay.Settings quick =
                new Relay.Settings("node", Duration.ofSeconds(5), Duration.ofMillis(10), 10, 10, d.retention());
        Relay relay = new Relay(store, new ScriptedTransport(new ManualLoop()), List.of(Target.of("mail")), quick);
        try {
            relay.start();
            IdempotencyKey before = send(relay);
            awaitExecuted(store, before);
            long first = relay.node().incarnation();

            relay.close();
            assertThat(relay.holder()).isEqualTo(CallStore.NOBODY);
            IdempotencyKey meanwhile = send(relay);
            assertThat(store.find(meanwhile).orElseThrow().state()).isEqualTo(CallState.WAITING);
            relay.start();

            awaitExecuted(store, meanwhile);
            awaitExecuted(store, send(relay));
            assertThat(relay.node().incarnation()).isGreaterThan(first);
            assertThat(relay.targets()).extracting(TargetStatus::name).containsExactly("mail");
        } finally {
            relay.close();
        }
    }

    private static IdempotencyKey send(Relay relay) throws SQLException {
        Call call = Call.post("mail", "/api/mails", Payload.EMPTY);
        try (Connection transaction = MemoryTransaction.begin()) {
            Outbox.Recorded recorded = relay.outbox().send(transaction, call);
            transaction.commit();
            recorded.committed();
        }
        return call.key();
    }

    private static void awaitExecuted(CallStore store, IdempotencyKey key) {
        while (store.find(key).orElseThrow().state() != CallState.EXECUTED) {
            Thread.onSpinWait();
        }
    }
}
