-- nodoubt, version 2: the receiver's tables on MySQL 8.0.17 or newer. Times are UTC.

-- One row a key, found by its primary key only. Both of its columns compare byte by byte, spaces at the end included:
-- under another collation two keys could be the same.
CREATE TABLE IF NOT EXISTS nodoubt_gate (
    key_time            datetime(6),           -- when the caller made the key; NULL: a foreign key without a time, never purged
    recorded_at         datetime(6) NOT NULL,  -- the receiver's clock, for people
    status              smallint,              -- of the reply; NULL in a committed EXECUTED row: broken
    fingerprint_version smallint,              -- NULL of a tombstone
    state               varchar(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    scope               varchar(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
    idempotency_key     varchar(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    fingerprint         binary(32),            -- NULL of a tombstone
    operation           varchar(200) CHARACTER SET utf8mb4,  -- method and path; NULL of a tombstone
    reason              varchar(200) CHARACTER SET utf8mb4,  -- of a tombstone, in its caller's words
    headers             mediumtext CHARACTER SET utf8mb4,    -- of the reply, a "Name: value" a line, without Content-Type
    media_type          text CHARACTER SET ascii,            -- of the reply's body
    body                longblob,              -- NULL beside a status: not kept
    PRIMARY KEY (scope, idempotency_key),
    INDEX nodoubt_gate_key_time (key_time),
    CONSTRAINT nodoubt_gate_state CHECK (state IN ('EXECUTED', 'REJECTED', 'FENCED')),
    CONSTRAINT nodoubt_gate_fingerprint CHECK ((state = 'FENCED') = (fingerprint IS NULL)),
    CONSTRAINT nodoubt_gate_status CHECK (state <> 'REJECTED' OR status IS NOT NULL)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- Exactly one row, from the beginning. The horizon only ever rises; nothing was purged at the epoch.
CREATE TABLE IF NOT EXISTS nodoubt_horizon (
    the_only     tinyint     NOT NULL DEFAULT 1 PRIMARY KEY,
    key_time     datetime(6) NOT NULL,            -- the time at or below which keys without a row are expired
    bodies_until datetime(6) NOT NULL,            -- bodies of older keys are erased
    incarnation  bigint      NOT NULL DEFAULT 1,  -- raised after a restore
    CONSTRAINT nodoubt_horizon_one CHECK (the_only = 1)
) ENGINE = InnoDB;
INSERT IGNORE INTO nodoubt_horizon (the_only, key_time, bodies_until) VALUES (1, '1970-01-01 00:00:00', '1970-01-01 00:00:00');

-- How many rows each caller has, for quotas: written in the background, so near the truth and not always at it.
CREATE TABLE IF NOT EXISTS nodoubt_usage (
    scope      varchar(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL PRIMARY KEY,
    recorded   bigint NOT NULL,  -- all rows, tombstones included
    tombstones bigint NOT NULL
) ENGINE = InnoDB;

-- Effects outside the transaction that are recorded in it. A narrow row, which each attempt rewrites; its bytes are
-- written once, in a table of their own.
CREATE TABLE IF NOT EXISTS nodoubt_intent (
    id          char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    state       varchar(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind        varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,  -- names the effect, which a worker of this kind carries out
    scope       varchar(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,  -- whose it is
    attempts    integer NOT NULL,
    doubts      integer NOT NULL,       -- attempts whose end is not known
    recorded_at datetime(6) NOT NULL,
    next_at     datetime(6),            -- when the next attempt is due, or the lease of a running one ends; NULL: never
    ended_at    datetime(6),            -- when its state became final
    lease       char(36) CHARACTER SET ascii COLLATE ascii_bin,  -- of the attempt that runs
    last        varchar(200) CHARACTER SET utf8mb4,              -- how the last attempt ended
    INDEX nodoubt_intent_due (kind, next_at),      -- what a worker asks for
    INDEX nodoubt_intent_ended (kind, ended_at),   -- what the purge asks for
    CONSTRAINT nodoubt_intent_state CHECK ((CASE state
        WHEN 'waiting' THEN next_at IS NOT NULL AND lease IS NULL AND ended_at IS NULL
        WHEN 'sending' THEN next_at IS NOT NULL AND lease IS NOT NULL AND ended_at IS NULL
        WHEN 'in-doubt' THEN lease IS NULL AND ended_at IS NULL
        WHEN 'sent' THEN next_at IS NULL AND lease IS NULL AND ended_at IS NOT NULL
        WHEN 'failed' THEN next_at IS NULL AND lease IS NULL AND ended_at IS NOT NULL
        WHEN 'withdrawn' THEN next_at IS NULL AND lease IS NULL AND ended_at IS NOT NULL
        ELSE false END) = 1)  -- MySQL takes no CASE for a condition
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;
CREATE TABLE IF NOT EXISTS nodoubt_intent_content (
    id         char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    media_type text CHARACTER SET ascii NOT NULL,
    body       longblob NOT NULL,
    CONSTRAINT nodoubt_intent_content_id FOREIGN KEY (id) REFERENCES nodoubt_intent (id) ON DELETE CASCADE
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- One row for each version that these tables were brought to.
CREATE TABLE IF NOT EXISTS nodoubt_schema (
    version    integer   NOT NULL PRIMARY KEY,
    created_at timestamp NOT NULL DEFAULT current_timestamp
) ENGINE = InnoDB;
