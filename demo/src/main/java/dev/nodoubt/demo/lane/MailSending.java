package dev.nodoubt.demo.lane;

import dev.nodoubt.demo.lane.MailClient.Knowledge;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** How a program without nodoubt has the mail of a committed transfer sent. */
@FunctionalInterface
interface MailSending {

    /** What is known of the mail afterwards. */
    Knowledge send(String id, String address, Transfer transfer) throws SQLException, InterruptedException;

    /** So many attempts at the most, until an answer is good. */
    static MailSending plain(int attempts, URI mail, Pace pace) {
        MailClient client = new MailClient(mail, pace);
        return (id, address, transfer) -> {
            Knowledge knowledge = Knowledge.NOT_SENT;
            for (int attempt = 1; attempt <= attempts; attempt++) {
                Knowledge now = client.attempt(id, address, transfer);
                if (now == Knowledge.SENT) {
                    return now;
                }
                // one attempt without an answer is enough: later refusals say nothing about it
                knowledge = now == Knowledge.UNKNOWN ? now : knowledge;
                if (attempt < attempts) {
                    Thread.sleep(pace.backoff(attempt).toMillis());
                }
            }
            return knowledge;
        };
    }

    /** Five attempts at the most, until an answer is good or the mail service's record says so. */
    static MailSending recorded(MailRecord record, DataSource shared, URI mail, Pace pace) {
        MailClient client = new MailClient(mail, pace);
        return (id, address, transfer) -> {
            UUID request = UUID.randomUUID();
            record.announce(shared, request);
            for (int attempt = 1; attempt <= 5; attempt++) {
                Map<String, String> header = Map.of("Request-Id", request.toString());
                if (client.attempt(id, address, transfer, header) == Knowledge.SENT) {
                    return Knowledge.SENT;
                }
                Thread.sleep(pace.backoff(attempt).toMillis());
                if (record.done(shared, request)) {
                    return Knowledge.SENT;
                }
            }
            return Knowledge.UNKNOWN;
        };
    }
}
