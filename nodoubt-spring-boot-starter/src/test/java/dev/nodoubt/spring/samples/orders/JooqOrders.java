package dev.nodoubt.spring.samples.orders;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.spring.DurableCalls;
import org.jooq.DSLContext;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.annotation.Transactional;

/** With jOOQ, whose {@code DSLContext} Spring Boot puts over a proxy of the data source that knows the transaction. */
public class JooqOrders implements Orders {

    private final DSLContext jooq;
    private final DurableCalls calls;

    JooqOrders(DSLContext jooq, DurableCalls calls) {
        this.jooq = jooq;
        this.calls = calls;
    }

    @Override
    @Transactional
    public IdempotencyKey pay(int id) {
        jooq.update(table(name("orders")))
                .set(field(name("paid"), Boolean.class), true)
                .where(field(name("id"), Integer.class).eq(id))
                .execute();
        return calls.send(Orders.mail(id));
    }

    /** The application around it. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(JooqOrders.class)
    public static class Application {}
}
