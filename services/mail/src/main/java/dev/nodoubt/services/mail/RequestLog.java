package dev.nodoubt.services.mail;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code mail_log}: one a mail, so that a request that came twice has two. Thread-safe. */
final class RequestLog implements RequestRecord {

    private static final String TAKEN = """
            INSERT INTO mail_log (notification_id, request_id) VALUES (?, ?)
            """;

    private final JdbcClient jdbc;

    RequestLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void taken(UUID request, UUID notification) {
        jdbc.sql(TAKEN).params(notification, request).update();
    }

    /** Writes nothing: the log tells of what was done. */
    @Override
    public void refused(UUID request) {}
}
