package dev.nodoubt.demo.lane;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** What a mail service without a gate writes of a request in its own transaction, as its callers read it. */
enum MailRecord {
    /** A row that the caller writes before it asks, and whose status the mail service sets. */
    FLAG("SELECT count(*) FROM mail_request WHERE request_id = ? AND status = 'DONE'"),
    /** A row that the mail service writes. */
    LOG("SELECT count(*) FROM mail_log WHERE request_id = ?");

    private static final String REQUEST = "INSERT INTO mail_request (request_id) VALUES (?)";

    private final String done;

    MailRecord(String done) {
        this.done = done;
    }

    /** What the caller has to write first. */
    void announce(DataSource shared, UUID request) throws SQLException {
        if (this == FLAG) {
            try (Connection connection = shared.getConnection();
                    PreparedStatement insert = connection.prepareStatement(REQUEST)) {
                insert.setObject(1, request);
                insert.executeUpdate();
            }
        }
    }

    /** Whether it is on record that the mail service did it; no is no proof. */
    boolean done(DataSource shared, UUID request) throws SQLException {
        try (Connection connection = shared.getConnection();
                PreparedStatement select = connection.prepareStatement(done)) {
            select.setObject(1, request);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1) > 0;
            }
        }
    }
}
