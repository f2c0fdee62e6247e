-- nodoubt, version 2: the receiver's tables on H2 2.4 or newer, for development.

-- Without this a killed process loses commits that were acknowledged.
SET WRITE_DELAY 0;

-- One row a key, found by its primary key only.
CREATE TABLE IF NOT EXISTS nodoubt_gate (
    key_time            timestamp(6) with time zone,           -- when the caller made the key; NULL: a foreign key without a time, never purged
    recorded_at         timestamp(6) with time zone NOT NULL,  -- the receiver's clock, for people
    status              smallint,                              -- of the reply; NULL in a committed EXECUTED row: broken
    fingerprint_version smallint,                              -- NULL of a tombstone
    state               enum ('EXECUTED', 'REJECTED', 'FENCED') NOT NULL,
    scope               varchar(128) NOT NULL,
    idempotency_key     varchar(255) NOT NULL,
    fingerprint         varbinary(32),                         -- NULL of a tombstone
    operation           varchar(200),                          -- method and path; NULL of a tombstone
    reason              varchar(200),                          -- of a tombstone, in its caller's words
    headers             varchar,                               -- of the reply, a "Name: value" a line, without Content-Type
    media_type          varchar,                               -- of the reply's body
    body                blob,                                  -- NULL beside a status: not kept
    PRIMARY KEY (scope, idempotency_key),
    CHECK ((state = 'FENCED') = (fingerprint IS NULL)),
    CHECK (state <> 'REJECTED' OR status IS NOT NULL)
);
CREATE INDEX IF NOT EXISTS nodoubt_gate_key_time ON nodoubt_gate (key_time);

-- Exactly one row, from the beginning. The horizon only ever rises; nothing was purged at the epoch.
CREATE TABLE IF NOT EXISTS nodoubt_horizon (
    the_only     boolean DEFAULT true PRIMARY KEY CHECK (the_only),
    key_time     timestamp(6) with time zone NOT NULL,  -- the time at or below which keys without a row are expired
    bodies_until timestamp(6) with time zone NOT NULL,  -- bodies of older keys are erased
    incarnation  bigint DEFAULT 1 NOT NULL              -- raised after a restore
);
MERGE INTO nodoubt_horizon AS h
USING (SELECT TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z' AS epoch) AS e ON h.the_only
WHEN NOT MATCHED THEN INSERT (key_time, bodies_until) VALUES (e.epoch, e.epoch);

-- How many rows each caller has, for quotas: written in the background, so near the truth and not always at it.
CREATE TABLE IF NOT EXISTS nodoubt_usage (
    scope      varchar(128) PRIMARY KEY,
    recorded   bigint NOT NULL,  -- all rows, tombstones included
    tombstones bigint NOT NULL
);

-- Effects outside the transaction that are recorded in it. A narrow row, which each attempt rewrites; its bytes are
-- written once, in a table of their own.
CREATE TABLE IF NOT EXISTS nodoubt_intent (
    id          uuid PRIMARY KEY,
    state       varchar(9) NOT NULL,
    kind        varchar(64) NOT NULL,                  -- names the effect, which a worker of this kind carries out
    scope       varchar(128) NOT NULL,                 -- whose it is
    attempts    integer NOT NULL,
    doubts      integer NOT NULL,                      -- attempts whose end is not known
    recorded_at timestamp(6) with time zone NOT NULL,
    next_at     timestamp(6) with time zone,           -- when the next attempt is due, or the lease of a running one ends; NULL: never
    ended_at    timestamp(6) with time zone,           -- when its state became final
    lease       uuid,                                  -- of the attempt that runs
    last        varchar(200),                          -- how the last attempt ended
    -- CASE, because in a CHECK H2 2.4 keeps the session that made it for IN and OR, and fails when that has ended
    CHECK (CASE state
        WHEN 'waiting' THEN next_at IS NOT NULL AND lease IS NULL AND ended_at IS NULL
        WHEN 'sending' THEN next_at IS NOT NULL AND lease IS NOT NULL AND ended_at IS NULL
        WHEN 'in-doubt' THEN lease IS NULL AND ended_at IS NULL
        WHEN 'sent' THEN next_at IS NULL AND lease IS NULL AND ended_at IS NOT NULL
        WHEN 'failed' THEN next_at IS NULL AND lease IS NULL AND ended_at IS NOT NULL
        WHEN 'withdrawn' THEN next_at IS NULL AND lease IS NULL AND ended_at IS NOT NULL
        ELSE false END)
);
CREATE INDEX IF NOT EXISTS nodoubt_intent_due ON nodoubt_intent (kind, next_at);
CREATE INDEX IF NOT EXISTS nodoubt_intent_ended ON nodoubt_intent (kind, ended_at);
CREATE TABLE IF NOT EXISTS nodoubt_intent_content (
    id         uuid PRIMARY KEY REFERENCES nodoubt_intent ON DELETE CASCADE,
    media_type varchar NOT NULL,
    body       blob NOT NULL
);

-- One row for each version that these tables were brought to.
CREATE TABLE IF NOT EXISTS nodoubt_schema (
    version    integer PRIMARY KEY,
    created_at timestamp with time zone DEFAULT current_timestamp NOT NULL
);
