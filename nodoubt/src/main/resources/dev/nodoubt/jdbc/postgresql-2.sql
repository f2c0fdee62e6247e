-- nodoubt, version 2: retention, quotas and foreign keys at the gate; effects outside the transaction.

-- The old name is a reserved word elsewhere.
ALTER TABLE nodoubt_gate RENAME COLUMN key TO idempotency_key;

-- NULL: a foreign key that came without its time. Its row is never purged.
ALTER TABLE nodoubt_gate ALTER COLUMN key_time DROP NOT NULL;

-- What the purge asks for.
CREATE INDEX nodoubt_gate_key_time ON nodoubt_gate (key_time);

-- Exactly one row, from the beginning. The horizon only ever rises; nothing was purged at the epoch.
INSERT INTO nodoubt_horizon (key_time) VALUES (TIMESTAMPTZ '1970-01-01 00:00:00Z') ON CONFLICT DO NOTHING;
ALTER TABLE nodoubt_horizon
    ADD COLUMN bodies_until timestamptz NOT NULL DEFAULT TIMESTAMPTZ '1970-01-01 00:00:00Z',  -- bodies of older keys are erased
    ADD COLUMN incarnation  bigint      NOT NULL DEFAULT 1;                                  -- raised after a restore

-- How many rows each caller has, for quotas: written in the background, so near the truth and not always at it.
CREATE TABLE nodoubt_usage (
    scope      text COLLATE "C" PRIMARY KEY,
    recorded   bigint NOT NULL,  -- all rows, tombstones included
    tombstones bigint NOT NULL
);
INSERT INTO nodoubt_usage (scope, recorded, tombstones)
SELECT scope, count(*), count(*) FILTER (WHERE state = 'FENCED') FROM nodoubt_gate GROUP BY scope;

-- Effects outside the transaction that are recorded in it. A narrow row, which each attempt rewrites; its bytes are
-- written once, in a table of their own.
CREATE TABLE nodoubt_intent (
    id          uuid        PRIMARY KEY,
    state       text COLLATE "C" NOT NULL,
    kind        text COLLATE "C" NOT NULL,          -- names the effect, which a worker of this kind carries out
    scope       text COLLATE "C" NOT NULL,          -- whose it is
    attempts    integer     NOT NULL,
    doubts      integer     NOT NULL,               -- attempts whose end is not known
    recorded_at timestamptz NOT NULL,
    next_at     timestamptz,                        -- when the next attempt is due, or the lease of a running one ends; NULL: never
    ended_at    timestamptz,                        -- when its state became final
    lease       uuid,                               -- of the attempt that runs
    last        text,                               -- how the last attempt ended
    CHECK (CASE state
        WHEN 'waiting' THEN next_at IS NOT NULL AND lease IS NULL AND ended_at IS NULL
        WHEN 'sending' THEN next_at IS NOT NULL AND lease IS NOT NULL AND ended_at IS NULL
        WHEN 'in-doubt' THEN lease IS NULL AND ended_at IS NULL
        WHEN 'sent' THEN next_at IS NULL AND lease IS NULL AND ended_at IS NOT NULL
        WHEN 'failed' THEN next_at IS NULL AND lease IS NULL AND ended_at IS NOT NULL
        WHEN 'withdrawn' THEN next_at IS NULL AND lease IS NULL AND ended_at IS NOT NULL
        ELSE false END)
);
-- What a worker asks for, and what the purge does.
CREATE INDEX nodoubt_intent_due ON nodoubt_intent (kind, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX nodoubt_intent_ended ON nodoubt_intent (kind, ended_at) WHERE ended_at IS NOT NULL;
CREATE TABLE nodoubt_intent_content (
    id         uuid  PRIMARY KEY REFERENCES nodoubt_intent ON DELETE CASCADE,
    media_type text  NOT NULL,
    body       bytea NOT NULL
);
