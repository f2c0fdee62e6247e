package dev.nodoubt.test;

import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.gate.Work;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.jdbc.Schema;
import dev.nodoubt.wire.GateEndpoint;
import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;

/** What stands between the test receiver's HTTP and its handler: nodoubt's gate, or a wrong one. */
interface ReceiverGate {

    /** After which the database ends a gated transaction. */
    Duration TRANSACTION_LIMIT = Duration.ofSeconds(8);

    WireResponse execute(String scope, WireRequest request, Work work);

    WireResponse outcome(String scope, WireRequest request);

    WireResponse fence(String scope, WireRequest request);

    /** The right one, over a database that gets nodoubt's tables. */
    static ReceiverGate over(DataSource database) {
        new Schema(database).create();
        GateSettings defaults = GateSettings.DEFAULT;
        GateSettings settings = new GateSettings(
                defaults.window(),
                defaults.skew(),
                defaults.lockWait(),
                TRANSACTION_LIMIT,
                defaults.bodyLimit(),
                defaults.replyLimit(),
                defaults.bareKeys());
        InstantSource clock = InstantSource.system();
        Gate gate = new Gate(new JdbcGateStore(database), new JdbcTransactions(database), settings, clock);
        return of(new GateEndpoint(gate, clock));
    }

    private static ReceiverGate of(GateEndpoint endpoint) {
        return new ReceiverGate() {
            @Override
            public WireResponse execute(String scope, WireRequest request, Work work) {
                return endpoint.execute(scope, request, work);
            }

            @Override
            public WireResponse outcome(String scope, WireRequest request) {
                return endpoint.outcome(scope, request);
            }

            @Override
            public WireResponse fence(String scope, WireRequest request) {
                return endpoint.fence(scope, request);
            }
        };
    }
}
