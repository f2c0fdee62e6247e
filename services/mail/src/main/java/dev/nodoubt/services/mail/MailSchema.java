package dev.nodoubt.services.mail;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The service's own tables. What a mail says is written once; where its delivery stands is a narrow row of its own, which
 * each attempt rewrites.
 */
final class MailSchema {

    /** Two processes that start together must not create the same table at the same time. */
    private static final String LOCK = "SELECT 1 FROM pg_advisory_xact_lock(7021305470918255001)";

    private static final String NOTIFICATION = """
            CREATE TABLE IF NOT EXISTS notification (
                id          uuid PRIMARY KEY,
                message_id  text NOT NULL UNIQUE,
                sender      text NOT NULL,
                recipient   text NOT NULL,
                subject     text NOT NULL,
                body        text NOT NULL,
                transfer_id text,
                recorded_at timestamptz NOT NULL
            )
            """;

    private static final String DELIVERY = """
            CREATE TABLE IF NOT EXISTS delivery (
                id       uuid PRIMARY KEY REFERENCES notification,
                state    text NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'in-doubt', 'failed')),
                attempts integer NOT NULL DEFAULT 0,
                doubts   integer NOT NULL DEFAULT 0,
                lease    uuid,
                next_at  timestamptz,
                ended_at timestamptz,
                last     text,
                CHECK (state <> 'sending' OR (lease IS NOT NULL AND next_at IS NOT NULL)),
                CHECK (state <> 'waiting' OR next_at IS NOT NULL)
            )
            """;

    private static final String DUE = """
            CREATE INDEX IF NOT EXISTS delivery_due ON delivery (next_at) WHERE next_at IS NOT NULL
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    MailSchema(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Creates what is missing. */
    void create() {
        transactions.executeWithoutResult(status -> {
            jdbc.sql(LOCK).query(Integer.class).single();
            jdbc.sql(NOTIFICATION).update();
            jdbc.sql(DELIVERY).update();
            jdbc.sql(DUE).update();
        });
    }
}
