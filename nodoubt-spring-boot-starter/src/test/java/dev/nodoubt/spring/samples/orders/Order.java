package dev.nodoubt.spring.samples.orders;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An order, as JPA sees it. */
@Entity
@Table(name = "orders")
class Order {

    @Id
    private int id;

    @SuppressWarnings("UnusedVariable") // the database reads it
    private boolean paid;

    /** For JPA. */
    protected Order() {}

    void pay() {
        paid = true;
    }
}
