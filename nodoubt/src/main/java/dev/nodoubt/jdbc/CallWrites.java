package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallStore.Batch;
import dev.nodoubt.call.Deferral;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a holder learnt, written at once, and the turns that end by it. */
final class CallWrites {

    private final OrderTable orders;

    CallWrites(OrderTable orders) {
        this.orders = orders;
    }

    Set<IdempotencyKey> write(CallSession session, Batch batch) throws SQLException {
        CallTable calls = CallTable.of(session.dialect());
        List<Written> written = new ArrayList<>();
        if (!batch.settlements().isEmpty()) {
            written.addAll(calls.settle(session, batch.settlements(), null));
        }
        if (!batch.deferrals().isEmpty()) {
            written.addAll(calls.defer(session, batch.deferrals()));
        }
        if (!batch.postponements().isEmpty()) {
            written.addAll(calls.postpone(session, batch.postponements()));
        }
        orders.end(session, written, batch.stopOn(), null);
        return Written.keys(written);
    }

    Set<IdempotencyKey> begin(CallSession session, List<Deferral> sending) throws SQLException {
        return sending.isEmpty()
                ? Set.of()
                : Written.keys(CallTable.of(session.dialect()).begin(session, sending));
    }
}
