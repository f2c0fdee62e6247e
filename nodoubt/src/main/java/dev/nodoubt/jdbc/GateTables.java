package dev.nodoubt.jdbc;

/** The gate's tables on PostgreSQL. */
final class GateTables {

    /**
     * The statements, in the order in which they run.
     *
     * <p>One row a key, found by its primary key only, so there is one index and no other. Both of its columns have the
     * binary collation: under another one two keys could be the same. A row is inserted when an execution begins and
     * gets its reply at its end, in the same transaction. The fill factor leaves room for that second version, so that
     * the update stays on the page and leaves the index alone: with 8 writers and replies of 600 bytes of all updates,
     * against 90 % of them with full pages; at 70 the table was a third larger and nothing else was better.
     */
    static final String SQL = """
            CREATE TABLE nodoubt_gate (
              key_time            timestamptz NOT NULL,  -- when the caller made the key: what the horizon is compared with
              recorded_at         timestamptz NOT NULL,  -- the receiver's clock, for people
              transaction_id      xid8 NOT NULL DEFAULT pg_current_xact_id(),  -- whose insert it was: only it may complete the row
              status              smallint,              -- of the reply; NULL in a committed EXECUTED row: broken
              fingerprint_version smallint,              -- NULL of a tombstone
              state               text COLLATE "C" NOT NULL CHECK (state IN ('EXECUTED', 'REJECTED', 'FENCED')),
              scope               text COLLATE "C" NOT NULL,
              key                 text COLLATE "C" NOT NULL,
              fingerprint         bytea,                 -- NULL of a tombstone
              operation           text,                  -- method and path; NULL of a tombstone
              reason              text,                  -- of a tombstone, in its caller's words
              headers             text,                  -- of the reply, a "Name: value" a line, without Content-Type
              media_type          text,                  -- of the reply's body
              body                bytea,                 -- NULL beside a status: not kept
              PRIMARY KEY (scope, key),
              CHECK ((state = 'FENCED') = (fingerprint IS NULL)),
              CHECK (state <> 'REJECTED' OR status IS NOT NULL)
            ) WITH (fillfactor = 85);

            -- At most one row: the time at or below which keys without a row are expired. It only ever rises.
            CREATE TABLE nodoubt_horizon (
              the_only boolean PRIMARY KEY DEFAULT true CHECK (the_only),
              key_time timestamptz NOT NULL
            );
            """;

    private GateTables() {}
}
