package dev.nodoubt.spring.samples.orders;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.spring.DurableCalls;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** With Spring's {@code JdbcClient}. */
public class JdbcClientOrders implements Orders {

    private final JdbcClient jdbc;
    private final DurableCalls calls;

    JdbcClientOrders(JdbcClient jdbc, DurableCalls calls) {
        this.jdbc = jdbc;
        this.calls = calls;
    }

    @Override
    @Transactional
    public IdempotencyKey pay(int id) {
        jdbc.sql("UPDATE orders SET paid = true WHERE id = ?").param(id).update();
        return calls.send(Orders.mail(id));
    }

    /** The application around it. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(JdbcClientOrders.class)
    public static class Application {}
}
