-- nodoubt, version 1: the caller's tables, then the receiver's.

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

-- One row a key, found by its primary key only. Both of its columns have the binary collation: under another one two
-- keys could be the same. A row is inserted when an execution begins and gets its reply at its end, in the same
-- transaction. The fill factor leaves room for that second version, so that the update stays on the page and leaves the
-- index alone: with 8 writers and replies of 600 bytes of all updates, against 90 % of them with full pages; at 70 the
-- table was a third larger and nothing else was better.
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

-- One row for each version that these tables were brought to.
CREATE TABLE nodoubt_schema (
    version    integer     PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now()
);
