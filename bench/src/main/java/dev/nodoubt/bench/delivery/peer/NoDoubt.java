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

    private static final String TARGET = "mail";

    private final Surroundings surroundings;
    private final HttpTransport transport;
    private final Relay relay;

    public NoDoubt(Surroundings surroundings) {
        this.surroundings = surroundings;
        new Schema(surroundings.pool()).create();
        URI base = URI.create("http://127.0.0.1:" + surroundings.targetPort());
        transport = new HttpTransport(List.of(HttpTarget.of(TARGET, base).withMaxConnections(surroundings.workers())));
        Target target = Target.of(TARGET).withBulkhead(new Target.Bulkhead(surroundings.workers(), null));
        relay = new Relay(new JdbcCallStore(surroundings.pool()), transport, List.of(target), Relay.Settings.DEFAULT);
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
