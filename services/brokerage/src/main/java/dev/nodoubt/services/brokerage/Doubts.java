package dev.nodoubt.services.brokerage;

import dev.nodoubt.call.CallListener;
import dev.nodoubt.call.OpenCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Marks the orders of which nobody can know by asking whether the exchange has them. */
@Component
final class Doubts implements CallListener {

    private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);

    private final OrderTable table;

    Doubts(OrderTable table) {
        this.table = table;
    }

    @Override
    public void unresolved(OpenCall call) {
        table.doubt(call.key());
        String id = call.terms().labels().reference();
        LOG.warn(
                "order {} is in doubt for a person: look at the exchange for the client order id that"
                        + " GET /api/orders/{} shows, then POST /api/orders/{}/settlement",
                id,
                id,
                id);
    }
}
