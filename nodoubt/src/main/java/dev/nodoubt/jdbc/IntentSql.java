package dev.nodoubt.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The statements of {@code nodoubt_intent} and {@code nodoubt_intent_content} on one database. Their parameters are the
 * same on each: ids and tokens are strings, durations microseconds, ids that a process holds a list with commas.
 */
interface IntentSql {

    static IntentSql of(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> new PostgresIntentSql();
            case MARIADB, MYSQL -> new MariaDbIntentSql();
            case H2 -> new H2IntentSql();
        };
    }

    /** id, kind, scope. */
    String record();

    /** id, media type, body. */
    String recordContent();

    /** kind, whether those in doubt too, held: locks the one that is due the longest, past what others have locked. */
    String due();

    /** token, lease, id. An intent in sending whose lease ran out is an attempt whose end nobody knows: a doubt more. */
    String take();

    /** id. */
    String content();

    /** after, kind, token. */
    String giveBack();

    /** state, doubts, last, after, whether final, id, token. */
    String complete();

    /** kind, held. */
    String park();

    /** id, scope. */
    String find();

    /** id, scope: its state, and whether the time of its next step has come; locked. */
    String lock();

    /** id. */
    String withdraw();

    /** kind, retention, limit. */
    String purge();

    /** The time in this column. */
    @Nullable
    Instant instant(ResultSet row, String column) throws SQLException;
}
