package dev.nodoubt.spring.samples.orders;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;

/** Orders that are paid, of which a mail tells. */
public interface Orders {

    /** Changes the order and records the call, both or neither. */
    IdempotencyKey pay(int id);

    static Call mail(int id) {
        return Call.post("mail", "/mails", Payload.json("{\"paid\":" + id + "}"));
    }
}
