package dev.nodoubt.spring.samples;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.spring.DurableCalls;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** The README's caller. */
// tag::caller[]
class TransferService {

    private final JdbcClient jdbc;
    private final DurableCalls calls;

    TransferService(JdbcClient jdbc, DurableCalls calls) {
        this.jdbc = jdbc;
        this.calls = calls;
    }

    @Transactional
    public IdempotencyKey transfer(String from, String to, String json) {
        jdbc.sql("UPDATE account SET balance = balance - 1 WHERE id = ?")
                .param(from)
                .update();
        jdbc.sql("UPDATE account SET balance = balance + 1 WHERE id = ?")
                .param(to)
                .update();
        return calls.send(Call.post("mail", "/api/notifications", Payload.json(json)));
    }
}
// end::caller[]
