-- nodoubt, version 3: the caller's tables on MySQL 8.0.17 or newer. Times are UTC.

-- One row a relay process: its lease, by this database's clock. Calls name it as their holder.
CREATE TABLE IF NOT EXISTS nodoubt_node (
    incarnation bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    node        text CHARACTER SET utf8mb4 NOT NULL,
    joined_at   datetime(6) NOT NULL,
    lease_until datetime(6) NOT NULL,
    ended_at    datetime(6),
    in_order    boolean DEFAULT false NOT NULL  -- it left by itself: its waiting calls were not sent
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- Open calls. Small and hot: a call leaves it when its outcome is known, and the request goes with it.
CREATE TABLE IF NOT EXISTS nodoubt_call (
    call_key       char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    incarnation    bigint NOT NULL,             -- who holds it; 0: nobody; -1: nobody, it waits for its turn
    state          varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,             -- waiting, in-doubt, unresolved, handling
    attempts       integer NOT NULL,
    cancelled      boolean NOT NULL,
    recorded_at    datetime(6) NOT NULL,
    next_at        datetime(6) NOT NULL,
    deadline_at    datetime(6) NOT NULL,
    target         varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    method         varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    path           varchar(2000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    media_type     text CHARACTER SET ascii NOT NULL,
    body           longblob NOT NULL,
    body_sha256    binary(32) NOT NULL,
    last           text CHARACTER SET utf8mb4 NOT NULL,
    refusal_status     smallint,                -- a permanent refusal: the caller gives up
    refusal_headers    mediumtext CHARACTER SET utf8mb4,
    refusal_media_type text CHARACTER SET ascii,
    refusal_body       longblob,
    doubt_since    datetime(6),                      -- when a request that may have arrived was first sent
    resolutions    integer DEFAULT 0 NOT NULL,  -- attempts since then that reached the target in vain
    ungated        boolean DEFAULT false NOT NULL,  -- the target answered without its gate
    marks_start    boolean DEFAULT false NOT NULL,  -- its holder commits each start: waiting was not sent
    priority       integer DEFAULT 0 NOT NULL,
    backoff_first  bigint,                      -- nanoseconds; NULL: the target's
    backoff_cap    bigint,
    backoff_jitter double precision,
    handler        varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
    reference      varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
    tags           varchar(660) CHARACTER SET ascii COLLATE ascii_bin,                      -- with spaces between them
    business_key   varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
    order_key      varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
    order_digest   binary(32),                    -- of target and order key
    order_sequence bigint,                      -- its place; NULL: it stands in no order, or no more
    known_state    varchar(12) CHARACTER SET ascii COLLATE ascii_bin,                      -- of a call that is handled: its outcome
    known_why      varchar(12) CHARACTER SET ascii COLLATE ascii_bin,
    known_failures integer DEFAULT 0 NOT NULL,  -- of its handler
    known_status     smallint,
    known_headers    mediumtext CHARACTER SET utf8mb4,
    known_media_type text CHARACTER SET ascii,
    known_body       longblob,
    INDEX nodoubt_call_due (incarnation, target, priority DESC, next_at),  -- what a lane asks for
    INDEX nodoubt_call_cancelled (incarnation, cancelled),     -- what a cancel is looked for by
    INDEX nodoubt_call_order (order_digest, order_sequence),   -- who is next in an order
    INDEX nodoubt_call_reference (reference, call_key)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- Settled calls. Narrow and append-only.
CREATE TABLE IF NOT EXISTS nodoubt_settled (
    call_key     char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    state        varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,               -- executed, rejected, never
    why          varchar(12) CHARACTER SET ascii COLLATE ascii_bin,                        -- of never
    attempts     integer NOT NULL,
    recorded_at  datetime(6) NOT NULL,
    settled_at   datetime(6) NOT NULL,
    target       varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    method       varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    path         varchar(2000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reply_status     smallint,
    reply_headers    mediumtext CHARACTER SET utf8mb4,
    reply_media_type text CHARACTER SET ascii,                   -- null with its body: the body was not kept
    reply_body       longblob,
    priority     integer DEFAULT 0 NOT NULL,
    handler      varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
    reference    varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
    tags         varchar(660) CHARACTER SET ascii COLLATE ascii_bin,
    business_key varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
    order_key    varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
    evidence     text CHARACTER SET utf8mb4,    -- of a call settled by hand: who and why
    INDEX nodoubt_settled_target (target, call_key),
    INDEX nodoubt_settled_reference (reference, call_key)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- One row a business key, which names its first call.
CREATE TABLE IF NOT EXISTS nodoubt_reference (
    digest      binary(32) NOT NULL PRIMARY KEY,  -- SHA-256 of target, operation and business key
    call_key    char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    recorded_at datetime(6) NOT NULL,
    INDEX nodoubt_reference_at (recorded_at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- One row an order key: whoever records a call of it or ends one locks this row first.
CREATE TABLE IF NOT EXISTS nodoubt_order (
    digest     binary(32) NOT NULL PRIMARY KEY,   -- SHA-256 of target and order key
    open_calls bigint NOT NULL,                 -- that have their place
    sequence   bigint NOT NULL,                 -- of the newest one
    stopped    boolean NOT NULL,
    changed_at datetime(6) NOT NULL             -- for people
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

CREATE TABLE IF NOT EXISTS nodoubt_tag (
    tag      varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    call_key char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (tag, call_key),
    INDEX nodoubt_tag_call (call_key)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- Evidence of attempts that tell something. Times in microseconds.
CREATE TABLE IF NOT EXISTS nodoubt_attempt (
    call_key       char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number         integer NOT NULL,
    incarnation    bigint NOT NULL,
    step           varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    begun_at       datetime(6) NOT NULL,
    took           bigint NOT NULL,
    waited         bigint,                      -- NULL, as the next two: not measured
    connected      bigint,
    answered       bigint,
    classification varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    status         integer,
    reason         text CHARACTER SET utf8mb4 NOT NULL,
    PRIMARY KEY (call_key, number, incarnation)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- What one node learnt of a target that all should know.
CREATE TABLE IF NOT EXISTS nodoubt_target (
    target         varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    held_off_until datetime(6) NOT NULL
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;
