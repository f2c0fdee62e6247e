package dev.nodoubt.services.brokerage;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.KnownCall;
import dev.nodoubt.call.OutcomeHandler;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/** Writes what became of an order in the transaction that settles its call: both commit or neither. */
// Not final: Spring proxies it, so that a settlement outside Spring's transactions is refused before anything is
// written.
@Component(Outcomes.HANDLER)
class Outcomes implements OutcomeHandler {

    /** The name by which a call asks for it. */
    static final String HANDLER = "settle-order";

    private final OrderTable table;
    private final ObjectMapper json;

    Outcomes(OrderTable table, ObjectMapper json) {
        this.table = table;
        this.json = json;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void handle(Connection transaction, KnownCall call) {
        IdempotencyKey id = call.key();
        if (call.outcome() instanceof Outcome.Executed executed) {
            table.settle(id, OrderState.ACCEPTED, told(executed.reply(), "orderId"), null);
        } else if (call.outcome() instanceof Outcome.Rejected rejected) {
            table.settle(id, OrderState.REJECTED, null, told(rejected.reply(), "reason"));
        } else if (call.outcome() instanceof Outcome.Never never) {
            table.settle(id, OrderState.NEVER, null, reason(never.why()));
        }
    }

    private static String reason(Outcome.Why why) {
        return switch (why) {
            case NEVER_SENT -> "it was never sent";
            case FENCED -> "the exchange will not execute it";
            case CANCELLED -> "the exchange confirmed that it is cancelled";
            case ASSUMED -> "the exchange did not know it after its processing time; this is an assumption";
            case BY_HAND -> "a person said so";
        };
    }

    /** Null where the exchange's words do not tell it; the outcome does not depend on them. */
    private @Nullable String told(Reply reply, String field) {
        Payload body = reply.body();
        if (body == null) {
            return null;
        }
        try {
            return json.readTree(body.bytes()).path(field).stringValue(null);
        } catch (JacksonException e) {
            return null;
        }
    }
}
