package dev.nodoubt.services.brokerage;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.Request;
import dev.nodoubt.spring.DurableCalls;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.ObjectMapper;

/** Takes orders, and records the call that sends each to the exchange in the same transaction. */
// Not final: Spring proxies it, so that an order outside a transaction is refused before it begins.
@Service
class Orders {

    /** The target's name in the configuration, {@code nodoubt.targets.exchange}. */
    static final String EXCHANGE = "exchange";

    private final OrderTable table;
    private final DurableCalls calls;
    private final ObjectMapper json;

    Orders(OrderTable table, DurableCalls calls, ObjectMapper json) {
        this.table = table;
        this.calls = calls;
        this.json = json;
    }

    /** Takes an order in the current transaction: the gate's, so that a repeated request finds its first answer. */
    @Transactional(propagation = Propagation.MANDATORY)
    public StockOrder place(NewOrder order) {
        IdempotencyKey clientOrderId = IdempotencyKey.create(Instant.now());
        StockOrder placed = table.record(order, clientOrderId);
        String id = String.valueOf(placed.id());
        calls.send(new Call(
                        clientOrderId,
                        new Request(EXCHANGE, "POST", "/orders", payload(order)),
                        Call.Timing.DEFAULT,
                        Call.Labels.NONE)
                .withBusinessKey(id)
                .withReference(id)
                .withHandler(Outcomes.HANDLER));
        return placed;
    }

    private Payload payload(NewOrder order) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("symbol", order.symbol());
        body.put("side", order.side());
        body.put("quantity", order.quantity());
        body.put("price", order.price().toPlainString());
        return Payload.json(json.writeValueAsString(body));
    }
}
