package dev.nodoubt.spring.samples;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The business change of the samples. */
class Ledger {

    private final JdbcClient jdbc;

    Ledger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void createTable() {
        jdbc.sql("CREATE TABLE booking (note text NOT NULL)").update();
        jdbc.sql("CREATE TABLE own_outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL,"
                        + " sent boolean NOT NULL DEFAULT false)")
                .update();
    }

    void book(Transfer transfer) {
        jdbc.sql("INSERT INTO booking (note) VALUES (?)").param(transfer.note()).update();
    }

    long count(String note) {
        return jdbc.sql("SELECT count(*) FROM booking WHERE note = ?")
                .param(note)
                .query(Long.class)
                .single();
    }
}
