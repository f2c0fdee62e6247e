package dev.nodoubt.spring.stock;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Version;
import java.util.concurrent.atomic.AtomicInteger;

/** An item on stock; what is changed is written when it is flushed, the insert of a new one, too. */
@Entity
public class Item {

    private static final AtomicInteger FLUSHED = new AtomicInteger();

    @Id
    private String name = "";

    @Column(unique = true)
    private String shelf = "";

    private int quantity;

    @Version
    private int version;

    protected Item() {}

    Item(String name, String shelf, int quantity) {
        this.name = name;
        this.shelf = shelf;
        this.quantity = quantity;
    }

    /** How often a change was flushed. */
    public static int flushes() {
        return FLUSHED.get();
    }

    int quantity() {
        return quantity;
    }

    String shelf() {
        return shelf;
    }

    int version() {
        return version;
    }

    void take(int count) {
        quantity -= count;
    }

    @PreUpdate
    void flushed() {
        FLUSHED.incrementAndGet();
    }
}
