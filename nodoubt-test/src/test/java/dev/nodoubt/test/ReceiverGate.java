package dev.nodoubt.test;

import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.gate.GateUpkeep;
import dev.nodoubt.gate.Work;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.jdbc.Schema;
import dev.nodoubt.wire.FingerprintSettings;
import dev.nodoubt.wire.GateEndpoint;
import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import javax.sql.DataSource;

/** What stands between the test receiver's HTTP and its handler: nodoubt's gate, or a wrong one. */
interface ReceiverGate {

    /** After which the database ends a gated transaction. */
    Duration TRANSACTION_LIMIT = Duration.ofSeconds(8);

    WireResponse execute(String scope, WireRequest request, Work work);

    WireResponse outcome(String scope, WireRequest request);

    WireResponse fence(String scope, WireRequest request);

    /** What the caller with a small quota may have, rows and tombstones. */
    long SMALL_QUOTA = 20;

    /**
     * The right one, over a database that gets nodoubt's tables. One caller has a small quota.
     *
     * @param canonicalJson whether JSON bodies are compared in their canonical form
     */
    static ReceiverGate over(DataSource database, boolean canonicalJson) {
        new Schema(database).create();
        GateSettings.Limits limits = GateSettings.Limits.DEFAULT;
        GateSettings settings = GateSettings.DEFAULT.with(
                new GateSettings.Limits(limits.lockWait(), TRANSACTION_LIMIT, limits.patience(), limits.body()));
        ReceiverGate gate = of(database, settings, canonicalJson);
        ReceiverGate small =
                of(database, settings.with(new GateSettings.Quota(SMALL_QUOTA, SMALL_QUOTA)), canonicalJson);
        return new ReceiverGate() {
            private ReceiverGate of(String scope) {
                return scope.equals(TestReceiver.SMALL_SCOPE) ? small : gate;
            }

            @Override
            public WireResponse execute(String scope, WireRequest request, Work work) {
                return of(scope).execute(scope, request, work);
            }

            @Override
            public WireResponse outcome(String scope, WireRequest request) {
                return of(scope).outcome(scope, request);
            }

            @Override
            public WireResponse fence(String scope, WireRequest request) {
                return of(scope).fence(scope, request);
            }
        };
    }

    private static ReceiverGate of(DataSource database, GateSettings settings, boolean canonicalJson) {
        InstantSource clock = InstantSource.system();
        Gate gate = new Gate(new JdbcGateStore(database), new JdbcTransactions(database), settings, clock);
        new GateUpkeep(gate).start();
        FingerprintSettings fingerprints = new FingerprintSettings(
                canonicalJson, Set.of(), settings.limits().body());
        return of(new GateEndpoint(gate, fingerprints, clock));
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
