-- nodoubt, version 3: the caller's tables on H2 2.4 or newer, for development.

-- One row a relay process: its lease, by this database's clock. Calls name it as their holder.
CREATE TABLE IF NOT EXISTS nodoubt_node (
    incarnation bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node        varchar NOT NULL,
    joined_at   timestamp(6) with time zone NOT NULL,
    lease_until timestamp(6) with time zone NOT NULL,
    ended_at    timestamp(6) with time zone,
    in_order    boolean DEFAULT false NOT NULL  -- it left by itself: its waiting calls were not sent
);

-- Open calls. Small and hot: a call leaves it when its outcome is known, and the request goes with it.
CREATE TABLE IF NOT EXISTS nodoubt_call (
    call_key       uuid NOT NULL PRIMARY KEY,
    incarnation    bigint NOT NULL,             -- who holds it; 0: nobody; -1: nobody, it waits for its turn
    state          varchar(12) NOT NULL,             -- waiting, in-doubt, unresolved, handling
    attempts       integer NOT NULL,
    cancelled      boolean NOT NULL,
    recorded_at    timestamp(6) with time zone NOT NULL,
    next_at        timestamp(6) with time zone NOT NULL,
    deadline_at    timestamp(6) with time zone NOT NULL,
    target         varchar(64) NOT NULL,
    method         varchar(12) NOT NULL,
    path           varchar(2000) NOT NULL,
    media_type     varchar NOT NULL,
    body           blob NOT NULL,
    body_sha256    varbinary(32) NOT NULL,
    last           varchar NOT NULL,
    refusal_status     smallint,                -- a permanent refusal: the caller gives up
    refusal_headers    varchar,
    refusal_media_type varchar,
    refusal_body       blob,
    doubt_since    timestamp(6) with time zone,                      -- when a request that may have arrived was first sent
    resolutions    integer DEFAULT 0 NOT NULL,  -- attempts since then that reached the target in vain
    ungated        boolean DEFAULT false NOT NULL,  -- the target answered without its gate
    marks_start    boolean DEFAULT false NOT NULL,  -- its holder commits each start: waiting was not sent
    priority       integer DEFAULT 0 NOT NULL,
    backoff_first  bigint,                      -- nanoseconds; NULL: the target's
    backoff_cap    bigint,
    backoff_jitter double precision,
    handler        varchar(64),
    reference      varchar(200),
    tags           varchar(660),                      -- with spaces between them
    business_key   varchar(200),
    order_key      varchar(200),
    order_digest   varbinary(32),                    -- of target and order key
    order_sequence bigint,                      -- its place; NULL: it stands in no order, or no more
    known_state    varchar(12),                      -- of a call that is handled: its outcome
    known_why      varchar(12),
    known_failures integer DEFAULT 0 NOT NULL,  -- of its handler
    known_status     smallint,
    known_headers    varchar,
    known_media_type varchar,
    known_body       blob
);
CREATE INDEX IF NOT EXISTS nodoubt_call_due ON nodoubt_call (incarnation, target, next_at);
CREATE INDEX IF NOT EXISTS nodoubt_call_cancelled ON nodoubt_call (incarnation, cancelled);
CREATE INDEX IF NOT EXISTS nodoubt_call_order ON nodoubt_call (order_digest, order_sequence);
CREATE INDEX IF NOT EXISTS nodoubt_call_reference ON nodoubt_call (reference, call_key);

-- Settled calls. Narrow and append-only.
CREATE TABLE IF NOT EXISTS nodoubt_settled (
    call_key     uuid NOT NULL PRIMARY KEY,
    state        varchar(12) NOT NULL,               -- executed, rejected, never
    why          varchar(12),                        -- of never
    attempts     integer NOT NULL,
    recorded_at  timestamp(6) with time zone NOT NULL,
    settled_at   timestamp(6) with time zone NOT NULL,
    target       varchar(64) NOT NULL,
    method       varchar(12) NOT NULL,
    path         varchar(2000) NOT NULL,
    reply_status     smallint,
    reply_headers    varchar,
    reply_media_type varchar,                   -- null with its body: the body was not kept
    reply_body       blob,
    priority     integer DEFAULT 0 NOT NULL,
    handler      varchar(64),
    reference    varchar(200),
    tags         varchar(660),
    business_key varchar(200),
    order_key    varchar(200),
    evidence     varchar                  -- of a call settled by hand: who and why
);
CREATE INDEX IF NOT EXISTS nodoubt_settled_target ON nodoubt_settled (target, call_key);
CREATE INDEX IF NOT EXISTS nodoubt_settled_reference ON nodoubt_settled (reference, call_key);

-- One row a business key, which names its first call.
CREATE TABLE IF NOT EXISTS nodoubt_reference (
    digest      varbinary(32) NOT NULL PRIMARY KEY,  -- SHA-256 of target, operation and business key
    call_key    uuid NOT NULL,
    recorded_at timestamp(6) with time zone NOT NULL
);
CREATE INDEX IF NOT EXISTS nodoubt_reference_at ON nodoubt_reference (recorded_at);

-- One row an order key: whoever records a call of it or ends one locks this row first.
CREATE TABLE IF NOT EXISTS nodoubt_order (
    digest     varbinary(32) NOT NULL PRIMARY KEY,   -- SHA-256 of target and order key
    open_calls bigint NOT NULL,                 -- that have their place
    sequence   bigint NOT NULL,                 -- of the newest one
    stopped    boolean NOT NULL,
    changed_at timestamp(6) with time zone NOT NULL  -- for people
);

CREATE TABLE IF NOT EXISTS nodoubt_tag (
    tag      varchar(64) NOT NULL,
    call_key uuid NOT NULL,
    PRIMARY KEY (tag, call_key)
);
CREATE INDEX IF NOT EXISTS nodoubt_tag_call ON nodoubt_tag (call_key);

-- Evidence of attempts that tell something. Times in microseconds.
CREATE TABLE IF NOT EXISTS nodoubt_attempt (
    call_key       uuid NOT NULL,
    number         integer NOT NULL,
    incarnation    bigint NOT NULL,
    step           varchar(12) NOT NULL,
    begun_at       timestamp(6) with time zone NOT NULL,
    took           bigint NOT NULL,
    waited         bigint,                      -- NULL, as the next two: not measured
    connected      bigint,
    answered       bigint,
    classification varchar(64) NOT NULL,
    status         integer,
    reason         varchar NOT NULL,
    PRIMARY KEY (call_key, number, incarnation)
);

-- What one node learnt of a target that all should know.
CREATE TABLE IF NOT EXISTS nodoubt_target (
    target         varchar(64) NOT NULL PRIMARY KEY,
    held_off_until timestamp(6) with time zone NOT NULL
);
