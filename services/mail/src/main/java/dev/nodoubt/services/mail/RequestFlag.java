package dev.nodoubt.services.mail;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The status flag in {@code mail_request}, whose rows the caller writes before it asks. Thread-safe. */
final class RequestFlag implements RequestRecord {

    private static final String DONE = """
            UPDATE mail_request
            SET status = 'DONE', notification_id = ?, changed_at = CURRENT_TIMESTAMP
            WHERE request_id = ?
            """;

    /** A refusal never hides a mail. */
    private static final String REFUSED = """
            UPDATE mail_request
            SET status = 'REFUSED', changed_at = CURRENT_TIMESTAMP
            WHERE request_id = ? AND status = 'NEW'
            """;

    private final JdbcClient jdbc;

    RequestFlag(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws UnknownRequest when the caller wrote no row, so that nobody could ever learn of this mail */
    @Override
    public void taken(UUID request, UUID notification) {
        if (jdbc.sql(DONE).params(notification, request).update() == 0) {
            throw new UnknownRequest(request);
        }
    }

    @Override
    public void refused(UUID request) {
        jdbc.sql(REFUSED).params(request).update();
    }
}
