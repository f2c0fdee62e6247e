package com.example.firstcall;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.spring.DurableClient;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class TransferService {

    private final JdbcClient jdbc;
    private final DurableClient calls;

    TransferService(JdbcClient jdbc, DurableClient calls) {
        this.jdbc = jdbc;
        this.calls = calls;
    }

    @Transactional
    public IdempotencyKey transfer(String from, String to) {
        jdbc.sql("UPDATE account SET balance = balance - 1 WHERE id = ?").param(from).update();
        jdbc.sql("UPDATE account SET balance = balance + 1 WHERE id = ?").param(to).update();
        return calls.post("mail")
                .uri("/api/notifications")
                .body(Map.of("text", "from " + from + " to " + to))
                .with(call -> call.withHandler("mailed"))
                .send()
                .key();
    }
}
