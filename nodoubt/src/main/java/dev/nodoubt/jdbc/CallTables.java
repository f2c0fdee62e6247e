package dev.nodoubt.jdbc;

/** The caller's tables on PostgreSQL. */
final class CallTables {

    static final String SQL = """
            -- One row a relay process: its lease, by this database's clock. Calls name it as their holder.
            CREATE TABLE nodoubt_node (
                incarnation bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                node        text        NOT NULL,
                joined_at   timestamptz NOT NULL,
                lease_until timestamptz NOT NULL,
                ended_at    timestamptz,
                in_order    boolean     NOT NULL DEFAULT false  -- it left by itself: its waiting calls were not sent
            );

            -- Open calls. Small and hot: a call leaves it when its outcome is known, and the request goes with it.
            CREATE TABLE nodoubt_call (
                key         uuid        PRIMARY KEY,
                incarnation bigint      NOT NULL,               -- who holds it; 0: nobody
                state       text        NOT NULL,               -- waiting, in-doubt, unresolved
                attempts    integer     NOT NULL,
                cancelled   boolean     NOT NULL,
                recorded_at timestamptz NOT NULL,
                next_at     timestamptz NOT NULL,
                deadline_at timestamptz NOT NULL,
                target      text        NOT NULL,
                method      text        NOT NULL,
                path        text        NOT NULL,
                media_type  text        NOT NULL,
                body        bytea       NOT NULL,
                body_sha256 bytea       NOT NULL,
                last        text        NOT NULL,
                refusal_status     smallint,                    -- a permanent refusal: the caller gives up
                refusal_headers    text,
                refusal_media_type text,
                refusal_body       bytea
            );
            CREATE INDEX nodoubt_call_due ON nodoubt_call (incarnation, target, next_at);
            CREATE INDEX nodoubt_call_cancelled ON nodoubt_call (incarnation) WHERE cancelled;

            -- Settled calls. Narrow and append-only.
            CREATE TABLE nodoubt_settled (
                key         uuid        PRIMARY KEY,
                state       text        NOT NULL,               -- executed, rejected, never
                why         text,                               -- of never: NEVER_SENT, FENCED
                attempts    integer     NOT NULL,
                recorded_at timestamptz NOT NULL,
                settled_at  timestamptz NOT NULL,
                target      text        NOT NULL,
                method      text        NOT NULL,
                path        text        NOT NULL,
                reply_status     smallint,
                reply_headers    text,
                reply_media_type text,                          -- null with its body: the body was not kept
                reply_body       bytea
            );
            """;

    private CallTables() {}
}
