-- nodoubt, version 3: what a call may carry, order and uniqueness of calls, evidence, outcome handlers.

-- The old name is a reserved word elsewhere.
ALTER TABLE nodoubt_call RENAME COLUMN key TO call_key;
ALTER TABLE nodoubt_settled RENAME COLUMN key TO call_key;

-- A state more: handling, whose outcome is known while its handler has not committed.
ALTER TABLE nodoubt_call
    ADD COLUMN doubt_since  timestamptz,                     -- when a request that may have arrived was first sent
    ADD COLUMN resolutions  integer  NOT NULL DEFAULT 0,     -- attempts since then that reached the target in vain
    ADD COLUMN ungated      boolean  NOT NULL DEFAULT false, -- the target answered without its gate
    ADD COLUMN marks_start  boolean  NOT NULL DEFAULT false, -- its holder commits each start: waiting was not sent
    ADD COLUMN priority     integer  NOT NULL DEFAULT 0,
    ADD COLUMN backoff_first bigint,                         -- nanoseconds; NULL: the target's
    ADD COLUMN backoff_cap   bigint,
    ADD COLUMN backoff_jitter double precision,
    ADD COLUMN handler      text,
    ADD COLUMN reference    text,
    ADD COLUMN tags         text,                            -- with spaces between them
    ADD COLUMN business_key text,
    ADD COLUMN order_key    text,
    ADD COLUMN order_digest bytea,                           -- of target and order key
    ADD COLUMN order_sequence bigint,                        -- its place; NULL: it stands in no order, or no more
    ADD COLUMN known_state  text,                            -- of a call that is handled: its outcome
    ADD COLUMN known_why    text,
    ADD COLUMN known_failures integer NOT NULL DEFAULT 0,  -- of its handler
    ADD COLUMN known_status smallint,
    ADD COLUMN known_headers    text,
    ADD COLUMN known_media_type text,
    ADD COLUMN known_body       bytea;
UPDATE nodoubt_call SET doubt_since = recorded_at WHERE state <> 'waiting';

-- What a lane asks for; what ends without an attempt, or when its deadline has passed, by which a cancel is looked for
-- too; what a person asks for; and who is next in an order.
DROP INDEX nodoubt_call_due;
DROP INDEX nodoubt_call_cancelled;
CREATE INDEX nodoubt_call_due ON nodoubt_call (incarnation, target, priority DESC, next_at);
CREATE INDEX nodoubt_call_unresolved ON nodoubt_call (call_key) WHERE state = 'unresolved';
CREATE INDEX nodoubt_call_order ON nodoubt_call (order_digest, order_sequence) WHERE order_sequence IS NOT NULL;
CREATE INDEX nodoubt_call_ending ON nodoubt_call (incarnation, target)
    WHERE cancelled OR refusal_status IS NOT NULL OR state = 'handling';
CREATE INDEX nodoubt_call_deadline ON nodoubt_call (incarnation, target, deadline_at) WHERE state = 'waiting';
CREATE INDEX nodoubt_call_reference ON nodoubt_call (reference, call_key) WHERE reference IS NOT NULL;

-- Evidence: who settled it by hand, and why.
ALTER TABLE nodoubt_settled
    ADD COLUMN priority     integer NOT NULL DEFAULT 0,
    ADD COLUMN handler      text,
    ADD COLUMN reference    text,
    ADD COLUMN tags         text,
    ADD COLUMN business_key text,
    ADD COLUMN order_key    text,
    ADD COLUMN evidence     text;
CREATE INDEX nodoubt_settled_reference ON nodoubt_settled (reference, call_key) WHERE reference IS NOT NULL;
CREATE INDEX nodoubt_settled_other ON nodoubt_settled (call_key) WHERE state <> 'executed';
CREATE INDEX nodoubt_settled_target ON nodoubt_settled (target, call_key);

-- One row a business key, which names its first call.
CREATE TABLE nodoubt_reference (
    digest      bytea       PRIMARY KEY,                     -- SHA-256 of target, operation and business key
    call_key    uuid        NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE INDEX nodoubt_reference_at ON nodoubt_reference (recorded_at);

-- One row an order key: whoever records a call of it or ends one locks this row first.
CREATE TABLE nodoubt_order (
    digest     bytea       PRIMARY KEY,                      -- SHA-256 of target and order key
    open_calls bigint      NOT NULL,                         -- that have their place
    sequence   bigint      NOT NULL,                         -- of the newest one
    stopped    boolean     NOT NULL,
    changed_at timestamptz NOT NULL                          -- for people
) WITH (fillfactor = 70);

CREATE TABLE nodoubt_tag (
    tag      text COLLATE "C",
    call_key uuid,
    PRIMARY KEY (tag, call_key)
);
CREATE INDEX nodoubt_tag_call ON nodoubt_tag (call_key);

-- Evidence of attempts that tell something. Times in microseconds.
CREATE TABLE nodoubt_attempt (
    call_key       uuid        NOT NULL,
    number         integer     NOT NULL,
    incarnation    bigint      NOT NULL,
    step           text        NOT NULL,
    begun_at       timestamptz NOT NULL,
    took           bigint      NOT NULL,
    waited         bigint,                                   -- NULL, as the next two: not measured
    connected      bigint,
    answered       bigint,
    classification text        NOT NULL,
    status         integer,
    reason         text        NOT NULL,
    PRIMARY KEY (call_key, number, incarnation)
);

-- What one node learnt of a target that all should know.
CREATE TABLE nodoubt_target (
    target         text        PRIMARY KEY,
    held_off_until timestamptz NOT NULL
);
