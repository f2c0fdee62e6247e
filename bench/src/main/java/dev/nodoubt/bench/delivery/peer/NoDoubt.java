package dev.nodoubt.bench.delivery.peer;

import dev.nodoubt.Payload;
import dev.nodoubt.bench.delivery.Contender;
import dev.nodoubt.bench.delivery.Surroundings;
import dev.nodoubt.bench.delivery.Transfer;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.Target;
import dev.nodoubt.http.HttpTarget;
import dev.nodoubt.http.HttpTransport;
import dev.nodoubt.jdbc.JdbcCallStore;
import dev.nodoubt.jdbc.Schema;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** nodoubt with all its defaults, but for the number of calls that may be under way. */
public final class NoDoubt implements Contender {

    public static final String TARGET = "mail";

    /** Where nothing listens, so that calls to it wait. */
    public static final String PAUSED = "stock";

    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    private final Surroundings surroundings;
    private final HttpTransport transport;
    private final Relay relay;

    /**
     * What may differ from the defaults.
     *
     * @param alsoPaused whether there is a second target, which cannot be reached
     */
    public record Tuning(Relay.Settings settings, HttpTarget.Timeouts timeouts, boolean alsoPaused) {
        public static final Tuning DEFAULT = new Tuning(Relay.Settings.DEFAULT, HttpTarget.Timeouts.DEFAULT, false);
    }

    public NoDoubt(Surroundings surroundings) {
        this(surroundings, Tuning.DEFAULT);
    }

    public NoDoubt(Surroundings surroundings, Tuning tuning) {
        this.surroundings = surroundings;
        new Schema(surroundings.pool()).create();
        URI base = URI.create("http://127.0.0.1:" + surroundings.targetPort());
        List<HttpTarget> addresses = new ArrayList<>(List.of(HttpTarget.of(TARGET, base)
                .withMaxConnections(surroundings.workers())
                .withTimeouts(tuning.timeouts)));
        List<Target> targets = new ArrayList<>(
                List.of(Target.of(TARGET).withBulkhead(new Target.Bulkhead(surroundings.workers(), null))));
        if (tuning.alsoPaused) {
            addresses.add(HttpTarget.of(PAUSED, NOWHERE));
            targets.add(Target.of(PAUSED));
        }
        transport = new HttpTransport(addresses);
        relay = new Relay(new JdbcCallStore(surroundings.pool()), transport, targets, tuning.settings);
    }

    /** Calls of all targets in memory now, those under way included. */
    public int held() {
        return relay.targets().stream()
                .mapToInt(target -> target.held() + target.inFlight())
                .sum();
    }

    @Override
    public void start() {
        relay.start();
    }

    @Override
    public void transfer(List<Transfer> transfers) throws Exception {
        List<Outbox.Recorded> recorded = new ArrayList<>(transfers.size());
        surroundings.transaction(transaction -> {
            for (Transfer transfer : transfers) {
                transfer.make(transaction);
                Payload body = Payload.json(transfer.body());
                recorded.add(relay.outbox().send(transaction, Call.post(TARGET, Transfer.PATH, body)));
            }
            for (Outbox.Recorded call : recorded) {
                call.beforeCommit(transaction);
            }
        });
        recorded.forEach(Outbox.Recorded::committed);
    }

    @Override
    public boolean isOpen() throws SQLException {
        return surroundings.any("SELECT 1 FROM nodoubt_call");
    }

    @Override
    public void close() {
        relay.close();
        transport.close();
    }
}
