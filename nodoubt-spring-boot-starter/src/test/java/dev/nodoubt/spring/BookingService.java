package dev.nodoubt.spring;

import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Books seats, and writes an audit log that does not join its caller's transaction. */
class BookingService {

    private final JdbcClient jdbc;

    BookingService(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @ResponseStatus(HttpStatus.CONFLICT)
    static final class SeatTakenException extends RuntimeException {}

    @ResponseStatus(HttpStatus.GONE)
    static final class SoldOutException extends RuntimeException {}

    void createTables() {
        jdbc.sql("CREATE TABLE booking (seat text NOT NULL)").update();
        jdbc.sql("CREATE TABLE audit (seat text NOT NULL)").update();
    }

    @Transactional
    public void book(String seat) {
        jdbc.sql("INSERT INTO booking (seat) VALUES (?)").param(seat).update();
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void audit(String seat) {
        jdbc.sql("INSERT INTO audit (seat) VALUES (?)").param(seat).update();
    }

    long booked(String seat) {
        return jdbc.sql("SELECT count(*) FROM booking WHERE seat = ?")
                .param(seat)
                .query(Long.class)
                .single();
    }

    long audited(String seat) {
        return jdbc.sql("SELECT count(*) FROM audit WHERE seat = ?")
                .param(seat)
                .query(Long.class)
                .single();
    }
}
