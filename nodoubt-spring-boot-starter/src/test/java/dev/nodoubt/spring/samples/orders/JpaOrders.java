package dev.nodoubt.spring.samples.orders;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.spring.DurableCalls;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.annotation.Transactional;

/** With JPA, which writes the change at the commit, after the call. */
public class JpaOrders implements Orders {

    private final DurableCalls calls;

    @PersistenceContext
    @SuppressWarnings("NullAway.Init") // Spring sets it
    private EntityManager entities;

    JpaOrders(DurableCalls calls) {
        this.calls = calls;
    }

    @Override
    @Transactional
    public IdempotencyKey pay(int id) {
        entities.getReference(Order.class, id).pay();
        return calls.send(Orders.mail(id));
    }

    /** The application around it. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(JpaOrders.class)
    public static class Application {}
}
