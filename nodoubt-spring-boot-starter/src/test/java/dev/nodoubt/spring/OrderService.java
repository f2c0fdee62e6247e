package dev.nodoubt.spring;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** The business side of the test application: an ordinary transactional service. */
class OrderService {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    OrderService(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    record Placed(String item) {}

    static final class OutOfStockException extends RuntimeException {
        OutOfStockException(String item) {
            super("no " + item + " left");
        }
    }

    void createTables() {
        jdbc.sql("""
                CREATE TABLE orders (
                    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    item text NOT NULL,
                    CONSTRAINT once UNIQUE (item) DEFERRABLE INITIALLY DEFERRED
                )
                """).update();
    }

    @Transactional
    public long place(String item) {
        long id = jdbc.sql("INSERT INTO orders (item) VALUES (?) RETURNING id")
                .param(item)
                .query(Long.class)
                .single();
        if (item.startsWith("scarce")) {
            throw new OutOfStockException(item);
        }
        events.publishEvent(new Placed(item));
        return id;
    }

    long count(String item) {
        return jdbc.sql("SELECT count(*) FROM orders WHERE item = ?")
                .param(item)
                .query(Long.class)
                .single();
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    public void placed(Placed placed) {
        if (placed.item().startsWith("noisy")) {
            throw new IllegalStateException("a listener fails after the commit");
        }
    }
}
