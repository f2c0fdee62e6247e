package dev.nodoubt.services.exchange;

import java.util.Map;

/**
 * What is sent back.
 *
 * @param body as JSON
 */
record Answer(int status, Object body) {

    static Answer reason(int status, String reason) {
        return new Answer(status, Map.of("reason", reason));
    }

    static Answer of(Verdict verdict) {
        if (verdict instanceof Verdict.Accepted accepted) {
            Entry.Booked booked = accepted.booked();
            Order order = booked.order();
            return new Answer(
                    201,
                    Map.of(
                            "orderId", String.valueOf(booked.orderId()),
                            "symbol", order.symbol(),
                            "side", order.side(),
                            "quantity", order.quantity(),
                            "price", order.price().toPlainString()));
        }
        if (verdict instanceof Verdict.Rejected rejected) {
            return reason(422, rejected.reason());
        }
        return reason(409, "this Client-Order-Id was used for another order");
    }

    static Answer of(Cancellation cancellation) {
        return switch (cancellation) {
            case CANCELLED -> new Answer(200, Map.of("state", "cancelled"));
            case FILLED -> reason(409, "the order is filled and cannot be cancelled any more");
            case UNKNOWN -> reason(404, "no order of this Client-Order-Id is in the book now");
            case OTHER_CONTENT ->
                reason(400, "a cancel repeats its original, and the order in the book is another one");
        };
    }
}
